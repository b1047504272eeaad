import type { AssessmentSpec, ServiceExit, ServiceFigures, Verdict } from '../../../assessments/kit/index.js';
import { budget } from '../../sandbox/counted-time.js';
import { LAUNCHER } from '../../sandbox/image.js';
import type { Container, ContainerExit, Pod } from '../../sandbox/types.js';
import type { Mask } from '../mask.js';
import type { Found } from '../protocol.js';
import type { Note, ServiceLaunch } from '../types.js';
import { withDeadline } from './deadline.js';
import type { Manner } from './deaths.js';
import { maxFigures } from './figures.js';
import { watchOutput } from './flood.js';
import { DATA_MOUNT, serviceEnv } from './settings.js';
import { addressNotes, exitedEarly, neverReady, toVerdict } from './verdicts.js';

const MAX_LOG_CHARS = 1024 * 1024;
const POLITE_MS = 10_000;
/** Arguments: the service's folder and its start command. */
const ENTER = `cd "$0" && exec ${LAUNCHER} "$1"`;
/** Looking for less time finds nothing. */
const LEAST_MS = 250;
/** As in `starvation.ts`: less than this share of a start's time counted. */
const STARVED_SHARE = 0.4;

export interface ServiceSetup {
  readonly pod: Pod;
  readonly spec: AssessmentSpec;
  readonly launch: ServiceLaunch;
  readonly seed: string;
  readonly folder: string;
  readonly mask: Mask;
  /** Where it answers, asked of the prober in the same pod. */
  readonly find: (uid: number, withinMs: number) => Promise<Found>;
  readonly onStart: (start: number) => void;
  /** `log`: what it wrote since its start, secrets hidden. */
  readonly onExit: (exit: ContainerExit, manner: Manner, log: () => string) => void;
}

export type Started =
  | { readonly ok: true; readonly address: string; readonly bootMs: number; readonly notes: readonly Note[] }
  /** `starved`: most of the time that it had, somebody on the host was waiting for a processor, and not for its sake. */
  | { readonly ok: false; readonly verdict: Verdict; readonly starved: boolean };

export interface StartOptions {
  /** Give it a new, empty data directory. */
  readonly emptyData: boolean;
  /** Over the usual settings, for this start only. */
  readonly env: Readonly<Record<string, string>>;
  /** On all processors of the host, as many of them as its limits allow. Default: where the launch says. */
  readonly anyCore?: boolean;
}

/** The candidate's service over all its starts: each start is a new container on the same volumes. */
export class Service {
  #container: Container | null = null;
  #starts = 0;
  #dataDirs = 0;
  #altered = false;
  #up = false;
  #paused = false;
  #ended: { exit: ContainerExit; at: number } | null = null;
  #signalledAt: number | null = null;
  #figures: ServiceFigures | null = null;

  constructor(private readonly setup: ServiceSetup) {}

  get container(): Container | null {
    return this.#container;
  }

  /** True after a start with other settings than usual. */
  get altered(): boolean {
    return this.#altered;
  }

  get paused(): boolean {
    return this.#paused;
  }

  get running(): boolean {
    return this.#container !== null && this.#ended === null;
  }

  /** How it ended when nobody had asked it to; null while it runs, and after a signal of ours. */
  get unexpectedExit(): ContainerExit | null {
    return this.#signalledAt === null ? (this.#ended?.exit ?? null) : null;
  }

  /** Ends what runs, starts anew, and waits until it answers. */
  async start({ emptyData, env, anyCore = false }: StartOptions): Promise<Started> {
    await this.stop();
    const { pod, spec, launch, seed } = this.setup;
    if (emptyData || this.#dataDirs === 0) this.#dataDirs++;
    const began = performance.now();
    const container = await pod.start({
      role: 'service',
      image: launch.image,
      command: ['/bin/sh', '-c', ENTER, launch.workdir, launch.start],
      env: {
        PATH: launch.path,
        HOME: '/tmp',
        ...serviceEnv(spec, seed, `${DATA_MOUNT}/${this.setup.folder}${this.#dataDirs}`),
        ...env,
      },
      // Not its own folder: one that it has locked or removed would fail the engine, and that would look our fault.
      workdir: '/',
      uid: pod.uid('service'),
      mounts: [
        { volume: 'work', path: '/work', readOnly: false },
        { volume: 'data', path: DATA_MOUNT, readOnly: false },
      ],
      memoryMb: launch.limits.memoryMb,
      cpus: launch.limits.cpus,
      ...(launch.cpuset !== undefined && !anyCore && { cpuset: launch.cpuset }),
      pids: launch.limits.pids,
      stdin: false,
      output: { kind: 'log', logKb: launch.limits.logKb },
    });
    this.#container = container;
    this.#altered = Object.keys(env).length > 0;
    this.#paused = false;
    this.#up = false;
    this.#ended = null;
    this.#signalledAt = null;
    void container.ended.then(
      (exit) => this.#onEnded(container, exit),
      // The engine can no longer tell: whoever asks it for something is told.
      () => undefined,
    );
    this.setup.onStart(++this.#starts);
    return this.#whenReady(container, began);
  }

  async #whenReady(container: Container, began: number): Promise<Started> {
    const { spec, launch } = this.setup;
    const flood = watchOutput(container);
    try {
      const first = await Promise.race([
        this.#found(container),
        container.ended.then((exit) => exitedEarly(exit, launch.limits.memoryMb)),
        flood.tooMuch,
      ]);
      if ('code' in first || !first.at) {
        const failure =
          'code' in first ? first : neverReady(first.listening, spec.port, spec.limits.bootSeconds);
        const counted = (await container.countedMs()) / (performance.now() - began);
        const starved = failure.code === 'exited' && counted < STARVED_SHARE;
        return { ok: false, verdict: toVerdict(failure, this.#log(container)), starved };
      }
      const { host, port } = first.at;
      const address = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
      this.#up = container === this.#container;
      const bootMs = Math.round(performance.now() - began);
      return { ok: true, address, bootMs, notes: addressNotes(first, spec.port) };
    } finally {
      flood.stop();
    }
  }

  /** Asked again while the container has had less time than it is due: on a busy host that is more on the clock. */
  async #found(container: Container): Promise<Found> {
    const { spec, pod, find } = this.setup;
    const dueMs = spec.limits.bootSeconds * 1000;
    const leftMs = budget(dueMs, () => container.countedMs());
    let found = await find(pod.uid('service'), dueMs);
    // A later start has a search of its own.
    while (!found.ready && container === this.#container && container.running()) {
      const left = await leftMs();
      if (left < LEAST_MS) break;
      found = await find(pod.uid('service'), left);
    }
    return found;
  }

  #onEnded(container: Container, exit: ContainerExit): void {
    if (exit.figures) this.#figures = maxFigures(this.#figures, exit.figures);
    if (container !== this.#container) return;
    this.#ended = { exit, at: performance.now() };
    const manner = this.#signalledAt !== null ? 'asked' : this.#up ? 'byItself' : 'starting';
    this.setup.onExit(exit, manner, () => this.#log(container));
  }

  #log(container: Container): string {
    const lines = container.logs().map(({ text }) => text);
    return this.setup.mask.text(lines.join('\n'), MAX_LOG_CHARS);
  }

  async signal(name: string): Promise<void> {
    this.#signalledAt ??= name === 'SIGHUP' ? null : performance.now();
    await this.#container?.signal(name);
  }

  /** Null when it has not ended within the deadline. */
  async exited(timeoutMs: number): Promise<ServiceExit | null> {
    const called = performance.now();
    const ended = this.#container?.ended.then(() => true) ?? Promise.resolve(true);
    await withDeadline(ended, timeoutMs, () => false);
    if (!this.#ended) return null;
    const { exit, at } = this.#ended;
    const afterMs = Math.max(0, Math.round(at - (this.#signalledAt ?? called)));
    return { code: exit.code, oomKilled: exit.oomKilled, afterMs };
  }

  async pause(): Promise<void> {
    await this.#container?.pause();
    this.#paused = true;
  }

  async unpause(): Promise<void> {
    await this.#container?.unpause();
    this.#paused = false;
  }

  /** Asks it to end, and waits; what has not ended after ten seconds is killed by the next start. */
  async endPolitely(): Promise<void> {
    if (!this.running) return;
    await this.signal('SIGTERM');
    await this.exited(POLITE_MS);
  }

  /** Kills and removes it. */
  async stop(): Promise<void> {
    const container = this.#container;
    if (!container) return;
    this.#signalledAt ??= performance.now();
    if (this.#paused) await this.unpause();
    await container.remove();
    this.#container = null;
  }

  /** Highest figures over all starts. */
  async figures(): Promise<ServiceFigures | null> {
    if (this.#container && this.running)
      this.#figures = maxFigures(this.#figures, await this.#container.figures());
    return this.#figures;
  }
}
