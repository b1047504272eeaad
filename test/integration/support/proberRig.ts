import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pack } from '../../../assessments/kit/index.js';
import { ensureImages } from '../../../docker/images.js';
import { projectRoot } from '../../../docker/paths.js';
import type { Images } from '../../../docker/types.js';
import { nodeBin } from '../../../docker/types.js';
import { loadPack } from '../../../harness/packs/index.js';
import { openProber } from '../../../runners/prober/index.js';
import type { Prober } from '../../../runners/prober/types.js';
import { dockerImageStore } from '../../../runners/sandbox/imageStore.js';
import { dockerSandbox } from '../../../runners/sandbox/index.js';
import type { Container, Pod, Sandbox } from '../../../runners/sandbox/types.js';

const fixture = (path: string): string => join(projectRoot, 'test/fixtures', path);

/** What all tests of a file share. */
export interface ProberRig {
  readonly pack: Pack;
  readonly images: Images;
  /** A prober beside a service made of `test/fixtures/services/<name>`; `probers` are its containers so far. */
  withService<T>(
    name: string,
    work: (prober: Prober, probers: readonly Container[]) => Promise<T>,
    options?: RigOptions,
  ): Promise<T>;
  close(): Promise<void>;
}

export interface RigOptions {
  readonly change?: (pack: Pack) => Pack;
  readonly start?: string;
  /** Where the service lies and starts; default `/work`. */
  readonly workdir?: string;
  readonly signal?: AbortSignal;
}

export async function openRig(): Promise<ProberRig> {
  const images = await ensureImages(dockerImageStore({}), {
    stateDir: join(projectRoot, '.assayer'),
    say: () => undefined,
  });
  const sandbox: Sandbox = dockerSandbox({ pauseImage: images.pause, owner: 'prober-test' });
  const pack = await loadPack(fixture('pack-basic'));
  return {
    pack,
    images,
    async withService(
      name,
      work,
      { change = (given: Pack): Pack => given, start = 'node server.cjs', workdir = '/work', signal } = {},
    ) {
      const volume = { sizeMb: 32, inodes: 2000, owner: 'service' } as const;
      const pod = await sandbox.createPod({
        run: 'prober-test',
        attempt: 1,
        ttlSeconds: 600,
        volumes: { work: volume, data: volume },
      });
      try {
        const text = await readFile(fixture(`services/${name}/server.cjs`), 'utf8');
        await fill(pod, images.sandbox, workdir, text);
        const { spec, ...rest } = change(pack);
        const probers: Container[] = [];
        const watched = watch(pod, probers);
        const prober = await openProber({
          pod: watched,
          pack: { ...rest, spec },
          image: images.prober,
          folder: '',
          seed: `seed-${process.pid}-${name}`,
          signal: signal ?? new AbortController().signal,
          service: {
            image: images.sandbox,
            start,
            workdir,
            path: `${nodeBin(22)}:/usr/local/bin:/usr/bin:/bin`,
            limits: { memoryMb: spec.limits.memoryMb, cpus: spec.limits.cpus, pids: 64, logKb: 64 },
          },
        });
        try {
          return await work(prober, probers);
        } finally {
          await prober.close();
        }
      } finally {
        await pod.dispose();
      }
    },
    close: () => sandbox.close(),
  };
}

/** The pod, with the containers of its probers noted down. */
const watch = (pod: Pod, probers: Container[]): Pod => ({
  id: pod.id,
  usage: () => pod.usage(),
  uid: (slot) => pod.uid(slot),
  async start(spec) {
    const container = await pod.start(spec);
    if (spec.role === 'prober') probers.push(container);
    return container;
  },
  dispose: () => pod.dispose(),
});

async function fill(pod: Pod, image: string, folder: string, text: string): Promise<void> {
  const container = await pod.start({
    role: 'prepare',
    image,
    command: ['sh', '-c', `mkdir -p ${folder} && cat > ${folder}/server.cjs`],
    env: {},
    workdir: '/work',
    uid: pod.uid('service'),
    mounts: [{ volume: 'work', path: '/work', readOnly: false }],
    memoryMb: 64,
    cpus: 1,
    pids: 16,
    stdin: true,
    output: { kind: 'log', logKb: 16 },
  });
  container.stdin?.end(text);
  await container.ended;
  await container.remove();
}
