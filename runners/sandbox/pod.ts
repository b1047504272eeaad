import { randomBytes } from 'node:crypto';
import type { ContainerCreateOptions } from 'dockerode';
import { DockerContainer } from './container.js';
import { CountedTime } from './counted-time.js';
import { attach } from './engine/attach.js';
import type { Host } from './host.js';
import { LABEL, podLabels, type Labels } from './identity/labels.js';
import { uidOf, type UidBlock } from './identity/uids.js';
import { Output } from './output/output.js';
import { settle } from './concurrency.js';
import { containerOptions, pauseOptions } from './settings/container.js';
import {
  SandboxError,
  type Container,
  type ContainerSpec,
  type ContainerUsage,
  type Pod,
  type PodSpec,
  type Slot,
} from './types.js';

/** A pod that another process's claim on the same user ids has undone is made anew, this often at most. */
const TRIES = 5;

export async function createPod(host: Host, spec: PodSpec): Promise<Pod> {
  for (let attempt = 1; ; attempt++) {
    const pod = new DockerPod(host, spec);
    try {
      await pod.open();
      const [alone] = await Promise.all([pod.hasItsUidsAlone(), pod.teachHost()]);
      if (alone) return pod;
    } catch (error) {
      await pod.dispose().catch(() => undefined);
      throw error;
    }
    await pod.dispose();
    if (attempt === TRIES)
      throw new SandboxError('internal', 'No user ids are free for another pod on this engine.');
  }
}

class DockerPod implements Pod {
  readonly id = randomBytes(6).toString('hex');
  private readonly block: UidBlock;
  private readonly labels: Labels;
  private readonly volumes: Readonly<Record<string, string>>;
  private readonly containers = new Set<DockerContainer>();
  private readonly starting = new Set<Promise<unknown>>();
  private pauseId: string | null = null;
  private started = 0;
  /** A creation has failed, perhaps only for us: the engine may have made the container after we had ceased to wait. */
  private uncertain = false;
  private closing: Promise<void> | null = null;

  constructor(
    private readonly host: Host,
    private readonly spec: PodSpec,
  ) {
    this.block = host.uids.take();
    host.remember(this);
    this.labels = podLabels(host.options.owner, host.maker, this.id, spec, Date.now());
    this.volumes = Object.fromEntries(
      Object.keys(spec.volumes).map((name) => [name, `assayer-${this.id}-${name}`]),
    );
  }

  usage(): readonly ContainerUsage[] {
    return [...this.containers].map((container) => container.usage());
  }

  uid(slot: Slot): number {
    return uidOf(this.block, slot);
  }

  open(): Promise<void> {
    return this.awaitedAtTheEnd(this.openNow());
  }

  /** Starts the pause container; the engine makes the volumes along with it. */
  private async openNow(): Promise<void> {
    const { cpus: hostCpus } = await this.host.facts();
    const { runtime, pauseImage } = this.host.options;
    const volumes = Object.fromEntries(
      Object.entries(this.spec.volumes).map(([name, spec]) => [
        name,
        { engineName: this.volumes[name]!, spec },
      ]),
    );
    await this.host.withAbilities(async (abilities) => {
      const labels = { ...this.labels, [LABEL.uids]: String(this.block) };
      const name = `assayer-${this.id}-pause`;
      const around = { name, labels, abilities, runtime, hostCpus };
      this.pauseId = await this.create(pauseOptions(pauseImage, this.block, volumes, around));
      await this.run(this.pauseId);
    });
  }

  /** Two that choose the same at the same time both see it, since each looks after it has made its own. */
  async hasItsUidsAlone(): Promise<boolean> {
    const { engine } = this.host;
    const filters = { label: [`${LABEL.uids}=${this.block}`] };
    const same = await engine.call('list containers', (abortSignal) =>
      engine.docker.listContainers({ all: true, filters, abortSignal }),
    );
    return same.every(({ Id }) => Id === this.pauseId);
  }

  teachHost(): Promise<void> {
    return this.host.learnFrom(this.pauseId!);
  }

  start(spec: ContainerSpec): Promise<Container> {
    if (this.closing) return Promise.reject(new SandboxError('internal', 'The pod has been disposed of.'));
    return this.awaitedAtTheEnd(this.startNow(spec));
  }

  /** Disposal waits for what is just being made. */
  private awaitedAtTheEnd<T>(work: Promise<T>): Promise<T> {
    this.starting.add(work);
    return work.finally(() => this.starting.delete(work));
  }

  dispose(): Promise<void> {
    this.closing ??= this.close().catch((error: unknown) => {
      this.closing = null;
      throw error;
    });
    return this.closing;
  }

  private async startNow(spec: ContainerSpec): Promise<Container> {
    const { cpus: hostCpus } = await this.host.facts();
    const pauseId = this.pauseId!;
    const name = `assayer-${this.id}-${spec.role}-${++this.started}`;
    const { runtime } = this.host.options;
    return this.host.withAbilities(async (abilities) => {
      const around = {
        name,
        labels: this.labels,
        abilities,
        runtime,
        hostCpus,
        pauseId,
        volumes: this.volumes,
      };
      const id = await this.create(containerOptions(spec, around));
      const socket = await attach(this.host.engine, id, spec.stdin).catch((error) => this.undo(id, error));
      const { logBytesPerSecond } = this.host;
      const output = new Output({ socket, output: spec.output, stdin: spec.stdin, logBytesPerSecond });
      await this.run(id);
      const { engine, waitedMs } = this.host;
      const time = new CountedTime(spec.cpus, waitedMs);
      const senses = { output, gauge: this.host.gauge(id), freezer: this.host.freezer(id), time };
      const container = new DockerContainer(engine, id, spec.role, senses);
      this.containers.add(container);
      return container;
    });
  }

  private async create(options: ContainerCreateOptions): Promise<string> {
    const { engine } = this.host;
    try {
      const container = await engine.call('create a container', (abortSignal) =>
        engine.docker.createContainer({ ...options, abortSignal }),
      );
      return container.id;
    } catch (error) {
      this.uncertain = true;
      throw error;
    }
  }

  private async run(id: string): Promise<void> {
    const { engine } = this.host;
    await engine
      .call('start a container', (abortSignal) => engine.docker.getContainer(id).start({ abortSignal }))
      .catch((error) => this.undo(id, error));
  }

  /** Removes what could not be started, and tells why it could not. */
  private async undo(id: string, error: unknown): Promise<never> {
    await this.host.engine.removeContainer(id).catch(() => undefined);
    throw error;
  }

  private async close(): Promise<void> {
    const { engine } = this.host;
    await Promise.allSettled(this.starting);
    const removals = [...this.containers].map((container) => container.remove());
    if (this.pauseId) removals.push(engine.removeContainer(this.pauseId).then(() => undefined));
    await settle(removals);
    if (this.uncertain) await this.removeStrays();
    await settle(Object.values(this.volumes).map((name) => this.removeVolume(name)));
    this.host.forget(this);
    this.host.uids.release(this.block);
  }

  private async removeVolume(name: string): Promise<void> {
    if (!(await this.host.engine.removeVolume(name)))
      throw new SandboxError('internal', `The volume ${name} is in use by what is not ours, so it is left.`);
  }

  private async removeStrays(): Promise<void> {
    const { engine } = this.host;
    const filters = { label: [`${LABEL.pod}=${this.id}`] };
    const strays = await engine.call('list containers', (abortSignal) =>
      engine.docker.listContainers({ all: true, filters, abortSignal }),
    );
    await settle(strays.map(({ Id }) => engine.removeContainer(Id)));
  }
}
