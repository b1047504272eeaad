import type { Readable, Writable } from 'node:stream';
import type { LogLine, ServiceFigures } from '../../assessments/kit/index.js';
import type { CountedTime } from './counted-time.js';
import { isConflict, isGone } from './engine/errors.js';
import type { Engine } from './engine/engine.js';
import { exitCode, wasOomKilled } from './engine/exit.js';
import type { Gauge } from './figures/gauge.js';
import { Meter, toFigures } from './figures/meter.js';
import type { Freezer } from './freezer.js';
import type { Output } from './output/output.js';
import type { Container, ContainerExit, ContainerUsage } from './types.js';

/** Output that is still on its way when the container has ended is waited for as long as some comes within this time. */
const LAST_WORDS_MS = 2_000;
/** An engine that waits for a reader does not even tell figures, so the last look before a kill must not be waited for long. */
const LAST_LOOK_MS = 100;
/** A removal that takes longer than this may be waiting for our reading: then the socket is closed. */
const REMOVAL_PATIENCE_MS = 1_000;

/** By what a container is read and held. */
interface Handles {
  readonly output: Output;
  readonly gauge: Gauge;
  readonly freezer: Freezer;
  readonly time: CountedTime;
}

/** A container that has been started. */
export class DockerContainer implements Container {
  readonly ended: Promise<ContainerExit>;
  private readonly output: Output;
  private readonly freezer: Freezer;
  private readonly time: CountedTime;
  private readonly meter: Meter;
  private frozen = false;
  private exit: ContainerExit | null = null;
  /** Once it has ended. */
  private counted: number | null = null;
  /** We have killed it, so exit code 137 needs no other explanation. */
  private killed = false;
  private removal: Promise<void> | null = null;
  /** Ends the wait for the end, with the reason why the container could not be removed. */
  private readonly hopeless = new AbortController();

  constructor(
    private readonly engine: Engine,
    readonly id: string,
    readonly role: string,
    { output, gauge, freezer, time }: Handles,
  ) {
    this.output = output;
    this.freezer = freezer;
    this.time = time;
    this.meter = new Meter(gauge);
    this.ended = this.watch();
    // Whoever waits for the end is told; whoever does not must not be brought down by it.
    this.ended.catch(() => undefined);
  }

  get stdin(): Writable | null {
    return this.output.stdin;
  }

  get stdout(): Readable | null {
    return this.output.stdout;
  }

  logs(): readonly LogLine[] {
    return this.output.lines();
  }

  outputBytes(): number {
    return this.output.bytes();
  }

  running(): boolean {
    return this.exit === null;
  }

  async signal(name: string): Promise<void> {
    if (name === 'SIGKILL' || name === 'KILL') await this.beforeKill();
    await this.unlessEnded('signal a container', (abortSignal) =>
      this.handle.kill({ signal: name, abortSignal }),
    );
  }

  async pause(): Promise<void> {
    await this.freezer.freeze();
    this.frozen = true;
  }

  async unpause(): Promise<void> {
    await this.freezer.thaw();
    this.frozen = false;
  }

  async figures(): Promise<ServiceFigures> {
    return toFigures(await this.meter.look());
  }

  cpuNanoseconds(): Promise<bigint> {
    return this.meter.cpuNs();
  }

  usage(): ContainerUsage {
    const { cpuNs, memoryPeakBytes } = this.meter.final() ?? { cpuNs: 0n, memoryPeakBytes: 0 };
    const { role, meter } = this;
    const outputBytes = this.output.bytes();
    return {
      role,
      cpuMs: Number(cpuNs / 1_000n) / 1_000,
      memoryPeakBytes,
      pidsPeak: meter.mostPids,
      outputBytes,
    };
  }

  async countedMs(): Promise<number> {
    return this.counted ?? this.time.at(await this.cpuNanoseconds());
  }

  remove(): Promise<void> {
    this.removal ??= this.removeNow().catch((error: unknown) => {
      this.removal = null;
      throw error;
    });
    return this.removal;
  }

  private get handle() {
    return this.engine.docker.getContainer(this.id);
  }

  private async watch(): Promise<ContainerExit> {
    try {
      const code = await exitCode(this.engine, this.id, this.output.closed, this.hopeless.signal);
      this.counted = this.time.at(this.meter.final()?.cpuNs ?? 0n);
      await this.lastWords();
      const oomKilled = this.meter.sawOom() || (await wasOomKilled(this.engine, this.id, code, this.killed));
      const reading = this.meter.final();
      this.exit = { code, oomKilled, figures: reading && toFigures(reading) };
      return this.exit;
    } finally {
      this.meter.stop();
      this.output.abandon();
    }
  }

  private async lastWords(): Promise<void> {
    this.output.hurry();
    let open = true;
    void this.output.closed.then(() => (open = false));
    for (let before = -1; open && before !== this.output.bytes();) {
      before = this.output.bytes();
      await withinMs(this.output.closed, LAST_WORDS_MS);
    }
  }

  private async removeNow(): Promise<void> {
    // The engine waits for its readers, and nobody need read raw output any more.
    if (this.stdout) this.output.abandon();
    if (this.exit === null) await this.beforeKill();
    const impatience = setTimeout(() => this.output.abandon(), REMOVAL_PATIENCE_MS);
    try {
      await this.engine.removeContainer(this.id);
    } catch (error) {
      this.hopeless.abort(error);
      throw error;
    } finally {
      clearTimeout(impatience);
      this.output.abandon();
    }
  }

  private async beforeKill(): Promise<void> {
    this.killed = true;
    this.output.hurry();
    await withinMs(this.meter.look(), LAST_LOOK_MS);
    // With version 1 control groups what is frozen does not even die.
    if (this.frozen) await this.unpause().catch(() => undefined);
  }

  private async unlessEnded(
    doing: string,
    work: (abortSignal: AbortSignal) => Promise<unknown>,
  ): Promise<void> {
    try {
      await this.engine.call(doing, work);
    } catch (error) {
      if (!isGone(error) && !isConflict(error)) throw error;
    }
  }
}

/** Resolves with the work or after the time, whichever comes first. */
async function withinMs(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([work, late]);
  clearTimeout(timer);
}
