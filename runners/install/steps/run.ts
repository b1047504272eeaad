import { pipeline } from 'node:stream/promises';
import { cleanText, tailText } from '../../../assessments/kit/index.js';
import { budget, whileTimeIsLeft } from '../../sandbox/counted-time.js';
import type { ContainerExit, ContainerSpec, Pod } from '../../sandbox/types.js';

/** How one container of an install ended. */
export interface StepEnd {
  readonly exit: ContainerExit | null;
  /** Of its time, what counted. */
  readonly seconds: number;
  /** Its kept output, clean. */
  readonly log: string;
  readonly logTail: string;
}

export interface StepOptions {
  /** Opens what it gets on standard input; null for none. */
  readonly input: (() => NodeJS.ReadableStream) | null;
  /** Of time that counts, see `CountedTime`. */
  readonly seconds: number;
  readonly signal: AbortSignal;
  readonly onLog: (line: string) => void;
}

/** As many lines as somebody who watches will read. */
const SHOWN_LINES = 200;

/** Runs one container to its end and removes it. `exit` is null when it was stopped at its deadline. */
export async function runStep(
  pod: Pod,
  spec: Omit<ContainerSpec, 'stdin' | 'output'>,
  { input, seconds, signal, onLog }: StepOptions,
): Promise<StepEnd> {
  signal.throwIfAborted();
  const container = await pod.start({ ...spec, stdin: input !== null, output: { kind: 'log', logKb: 128 } });
  try {
    // A container that ends without reading its input tells by its exit, not by the broken pipe.
    if (input !== null && container.stdin !== null)
      void pipeline(input(), container.stdin).catch(() => undefined);
    const countedMs = (): Promise<number> => container.countedMs();
    const end = await unlessCancelled(
      whileTimeIsLeft(container.ended, budget(seconds * 1000, countedMs)),
      signal,
    );
    if (end === null) await container.remove();
    const log = cleanText(
      container
        .logs()
        .map((line) => line.text)
        .join('\n'),
    );
    const lines = log.split('\n').filter((line) => line !== '');
    for (const line of lines.slice(-SHOWN_LINES)) onLog(line);
    const spent = (await countedMs()) / 1000;
    return { exit: end?.value ?? null, seconds: spent, log, logTail: tailText(log) };
  } finally {
    await container.remove();
  }
}

/** Rejects with the signal's reason when cancelled. */
async function unlessCancelled<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let cancel: (() => void) | undefined;
  const cancelled = new Promise<never>((_, reject) => {
    cancel = () => reject(signal.reason as Error);
    signal.addEventListener('abort', cancel, { once: true });
  });
  try {
    return await Promise.race([work, cancelled]);
  } finally {
    if (cancel) signal.removeEventListener('abort', cancel);
  }
}
