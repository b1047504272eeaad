import type { ServiceFigures } from '../../../assessments/kit/index.js';
import { loadPack } from '../../../harness/packs/index.js';
import { createControl } from '../../../runners/prober/driver/control.js';
import type { Manner } from '../../../runners/prober/driver/deaths.js';
import { Service } from '../../../runners/prober/driver/service.js';
import type { Found } from '../../../runners/prober/protocol.js';
import type { Container, ContainerExit, ContainerSpec, Pod } from '../../../runners/sandbox/types.js';
import { mask } from './support.js';

export const FIGURES: ServiceFigures = { cpuMs: 5, memoryBytes: 10, memoryPeakBytes: 20, pids: 1 };
export const FOUND: Found = {
  at: { host: '127.0.0.1', port: 8080 },
  ready: true,
  listening: [{ host: '0.0.0.0', port: 8080 }],
};
export const NOTHING: Found = { at: null, ready: false, listening: [] };

/** A pod whose containers the test ends, and what was asked of them. */
export async function stage(finds: (Found | Promise<Found>)[] = [], counted: number[] = []) {
  const pack = await loadPack('test/fixtures/pack-basic');
  const started: (ContainerSpec & {
    end(exit: Partial<ContainerExit>): Promise<void>;
    /** The engine can no longer tell what became of it. */
    lose(): Promise<void>;
  })[] = [];
  const asked: string[] = [];
  const pod: Pod = {
    id: 'p',
    usage: () => [],
    uid: () => 20001,
    dispose: async () => undefined,
    async start(spec) {
      let exit: ContainerExit | null = null;
      let finish: (exit: ContainerExit) => void = () => undefined;
      let fail: (reason: Error) => void = () => undefined;
      const ended = new Promise<ContainerExit>((resolve, reject) => ([finish, fail] = [resolve, reject]));
      const end = async (part: Partial<ContainerExit>): Promise<void> => {
        exit ??= { code: 0, oomKilled: false, figures: FIGURES, ...part };
        finish(exit);
        await new Promise((resolve) => setTimeout(resolve, 1));
      };
      const lose = (): Promise<void> => {
        fail(new Error('the engine is gone'));
        return new Promise((resolve) => setTimeout(resolve, 20));
      };
      started.push({ ...spec, end, lose });
      const container: Container = {
        id: String(started.length),
        role: spec.role,
        stdin: null,
        stdout: null,
        logs: () => [{ stream: 'stderr', text: 'it broke' }],
        outputBytes: () => 0,
        signal: async (name) => {
          asked.push(name);
          if (name !== 'SIGHUP') await end({ code: 0 });
        },
        ended,
        running: () => exit === null,
        pause: async () => void asked.push('pause'),
        unpause: async () => void asked.push('unpause'),
        figures: async () => FIGURES,
        cpuNanoseconds: async () => 0n,
        countedMs: async () => counted.shift() ?? Infinity,
        remove: () => end({ code: 137 }),
      };
      return container;
    },
  };
  const exits: [number, Manner][] = [];
  const service = new Service({
    pod,
    spec: pack.spec,
    seed: 's',
    folder: '',
    mask,
    launch: {
      image: 'i',
      start: 'node x',
      workdir: '/work',
      path: '/bin',
      limits: { memoryMb: 64, cpus: 1, pids: 9, logKb: 8 },
    },
    find: async () => finds.shift() ?? FOUND,
    onStart: () => undefined,
    onExit: ({ code }, manner) => exits.push([code, manner]),
  });
  const control = createControl(service);
  await service.start({ emptyData: true, env: {} });
  const prepare = (fresh = false) => control.carryOut({ op: 'prepare', checkId: 'next', fresh });
  return { service, control, started, asked, exits, prepare };
}
