import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { LoadStep } from '../../../assessments/kit/index.js';
import { Histogram } from '../figures/histogram.js';
import type { Driven } from '../types.js';
import type { Answer } from './answer-reader.js';
import type { Ending } from './connection.js';
import type { WireStep } from './steps.js';

/** Every so many answers are looked into; a service cannot tell which. */
const LOOK_AT_ONE_IN = 8;
/** Of so few, all. */
const FEW = 50;
const MAX_TEXT_BYTES = 1024 * 1024;
/** Answers that are compared with those at rest, and so much of each. */
const MAX_SAMPLES = 24;
const MAX_SAMPLE_CHARS = 4096;
const MAX_KEPT = 20_000;

/** What is remembered of a profile's answers over all stretches since the service's start. */
export interface Memory {
  /** Methods whose answers have a body at rest, and so must have one under load. */
  readonly bodiesAt: ReadonlySet<string>;
  /** Different texts of the good answers to a step that asked for it. */
  readonly kept: Map<LoadStep, Set<string>>;
}

type Counts = Omit<Driven, 'ms' | 'latency' | 'lightLatency' | 'difference' | 'generatorMs'>;

/** Judges and counts the endings of one stretch. */
export class Tally {
  readonly latency = new Histogram();
  readonly lightLatency = new Histogram();
  /** Some good answers, taken from the load itself: what is sent beside it could be told from it, and be answered better. */
  readonly samples: { readonly method: string; readonly text: string }[] = [];
  /** How often the service sent what nobody had asked for: a few may be slips when a connection ends. */
  unasked = 0;
  private readonly counts = {
    good: 0,
    wrongStatus: 0,
    empty: 0,
    shed: 0,
    lost: 0,
    late: 0,
    looked: 0,
    wrong: 0,
    fault: null as string | null,
  };

  /** @param count requests of the stretch */
  constructor(
    private readonly memory: Memory,
    private readonly count: number,
  ) {}

  /** Whether the body of the next answer to this step has to be kept. */
  wants({ step }: WireStep): boolean {
    if (step.keep === true) return true;
    return this.count <= FEW || Math.random() * LOOK_AT_ONE_IN < 1;
  }

  take({ step }: WireStep, ending: Ending, sinceMs: number): void {
    this.latency.record(sinceMs * 1000);
    if (step.light === true) this.lightLatency.record(sinceMs * 1000);
    switch (ending.kind) {
      case 'late':
        this.counts.late++;
        return this.blame(step, 'gave no answer in time');
      case 'lost':
        this.counts.lost++;
        return this.blame(step, `the service ${ending.reason}`);
      case 'answer':
        return this.judge(step, ending.answer);
    }
  }

  /** Due, but never sent, since no connection came free. */
  miss(step: WireStep, sinceMs: number): void {
    this.take(step, { kind: 'late' }, sinceMs);
  }

  totals(): Counts {
    return { ...this.counts };
  }

  private judge(step: LoadStep, answer: Answer): void {
    const { status } = answer;
    const isGood = step.expect === undefined ? status >= 200 && status < 300 : status === step.expect;
    if (!isGood) {
      if (status === 429 || status === 503) return void this.counts.shed++;
      this.counts.wrongStatus++;
      return this.blame(step, `answered ${status} instead of ${step.expect ?? '2xx'}`);
    }
    if (answer.bodyBytes === 0) this.sample(step, '');
    if (answer.bodyBytes === 0 && this.memory.bodiesAt.has(step.method)) {
      this.counts.empty++;
      return this.blame(step, `answered ${status} without the body that it has at rest`);
    }
    this.counts.good++;
    if (answer.body !== null) this.look(step, answer);
  }

  private look(step: LoadStep, answer: Answer): void {
    const text = textOf(answer);
    if (text !== null && text !== '') this.sample(step, text);
    if (step.right) {
      this.counts.looked++;
      if (text === null || !isRight(step, text)) {
        this.counts.wrong++;
        this.blame(step, `answered wrongly: ${text?.slice(0, 160) ?? 'a body that cannot be decoded'}`);
      }
    }
    if (!step.keep || text === null) return;
    const { kept } = this.memory;
    const known = kept.get(step);
    if (known) known.add(text);
    else if (kept.size < MAX_KEPT) kept.set(step, new Set([text]));
  }

  /** Light requests are left out: whoever cheats answers these as at rest, since they ask whether it is well. */
  private sample({ method, light }: LoadStep, text: string): void {
    if (light !== true && this.samples.length < MAX_SAMPLES)
      this.samples.push({ method, text: text.slice(0, MAX_SAMPLE_CHARS) });
  }

  private blame(step: LoadStep, what: string): void {
    this.counts.fault ??= `${step.method} ${step.path.slice(0, 120)}: ${what}`;
  }
}

/** An answer that a pack's own code stumbles over is not as it should be. */
function isRight({ right }: LoadStep, text: string): boolean {
  try {
    return right?.(text) ?? true;
  } catch {
    return false;
  }
}

function textOf({ body, encoding }: Answer): string | null {
  if (body === null) return null;
  const limit = { maxOutputLength: MAX_TEXT_BYTES };
  try {
    switch (encoding) {
      case 'gzip':
      case 'x-gzip':
        return gunzipSync(body, limit).toString('utf8');
      case 'br':
        return brotliDecompressSync(body, limit).toString('utf8');
      case 'deflate':
        return inflateSync(body, limit).toString('utf8');
      default:
        return body.toString('utf8');
    }
  } catch {
    return null;
  }
}
