import { Engine } from './engine/engine.js';
import { connect } from './engine/client.js';
import { readFacts } from './engine/facts.js';
import { cgroupGauge } from './figures/cgroup-gauge.js';
import { learnLayout, type CgroupLayout } from './figures/cgroup-layout.js';
import type { Gauge } from './figures/gauge.js';
import { cpuWaitedMs } from './figures/pressure.js';
import { statsGauge } from './figures/stats-gauge.js';
import { cgroupFreezer, engineFreezer, type Freezer } from './freezer.js';
import { thisProcess, type ProcessIdentity } from './identity/owner.js';
import { UidBlocks } from './identity/uids.js';
import { DEFAULTS, type SandboxOptions } from './options.js';
import { settle } from './concurrency.js';
import { ALL_ABILITIES, missingAbility, type Abilities } from './settings/quirks.js';
import { SandboxError, type EngineFacts, type Pod } from './types.js';

/** What all pods of one sandbox share: the engine, and what has been learnt of it and of its host. */
export class Host {
  readonly engine: Engine;
  readonly uids = new UidBlocks();
  readonly maker: ProcessIdentity = thisProcess();
  readonly logBytesPerSecond: number;
  private readonly pods = new Set<Pod>();
  private abilities: Abilities = ALL_ABILITIES;
  private layout: CgroupLayout | null | undefined;
  private known: Promise<EngineFacts> | null = null;

  constructor(readonly options: SandboxOptions) {
    this.engine = new Engine(connect(options), options.callTimeoutMs ?? DEFAULTS.callTimeoutMs);
    this.logBytesPerSecond = options.logBytesPerSecond ?? DEFAULTS.logBytesPerSecond;
  }

  remember(pod: Pod): void {
    this.pods.add(pod);
  }

  forget(pod: Pod): void {
    this.pods.delete(pod);
  }

  /** Disposes of all pods that are still there; throws the first failure after having tried all. */
  close(): Promise<void> {
    return settle([...this.pods].map((pod) => pod.dispose()));
  }

  /** The engine's facts, asked for once. */
  facts(): Promise<EngineFacts> {
    this.known ??= readFacts(this.engine, this.options.runtime).catch((error: unknown) => {
      this.known = null;
      throw error;
    });
    return this.known;
  }

  /** Tries with what the engine is believed able to; when it says what it lacks, tries without, and remembers. */
  async withAbilities<T>(attempt: (abilities: Abilities) => Promise<T>): Promise<T> {
    for (;;) {
      const tried = this.abilities;
      try {
        return await attempt(tried);
      } catch (error) {
        const missing = error instanceof SandboxError ? missingAbility(tried, error.message) : null;
        if (missing === null) throw error;
        this.abilities = { ...this.abilities, [missing]: false };
      }
    }
  }

  /** Finds out, once and by a container that will go on running, whether the kernel's files can be seen from here. */
  async learnFrom(containerId: string): Promise<void> {
    if (this.layout !== undefined) return;
    const { State } = await this.engine.call('look at a container', (abortSignal) =>
      this.engine.docker.getContainer(containerId).inspect({ abortSignal }),
    );
    if (State.Running) this.layout = learnLayout(containerId, State.Pid);
  }

  /** See `cpuWaitedMs`; null for an engine elsewhere, of whose host nothing is known. */
  readonly waitedMs = (): number | null => (this.layout ? cpuWaitedMs() : null);

  /** The kernel's files where this process sees them, else the engine's figures. */
  gauge(containerId: string): Gauge {
    return this.layout ? cgroupGauge(this.layout(containerId)) : statsGauge(this.engine, containerId);
  }

  freezer(containerId: string): Freezer {
    const direct = this.layout && cgroupFreezer(this.layout(containerId));
    return direct ?? engineFreezer(this.engine, containerId);
  }
}
