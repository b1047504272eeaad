import { jest } from '@jest/globals';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureImages } from '../../../docker/images.js';
import { projectRoot } from '../../../docker/paths.js';
import type { Setup } from '../../../docker/setup.js';
import type { Images } from '../../../docker/types.js';
import { dockerImageStore } from '../../../runners/sandbox/imageStore.js';
import { dockerSandbox } from '../../../runners/sandbox/index.js';
import type { Container, Pod, Sandbox } from '../../../runners/sandbox/types.js';

/** Two cores are shared with whatever else runs: a slow machine is no failure. */
jest.setTimeout(120_000);

export const setup: Setup = { stateDir: join(projectRoot, '.assayer'), say: () => undefined };
export const scratch = (): string => mkdtempSync(join(tmpdir(), 'assayer-test-'));

export interface Bench {
  readonly images: Images;
  /** Starts `command` in an image, with the files given in its working folder. */
  start(
    image: string,
    command: readonly string[],
    files?: Readonly<Record<string, string>>,
  ): Promise<Container>;
  /** The same to its end: exit code and all it printed. */
  run(image: string, command: readonly string[], files?: Readonly<Record<string, string>>): Promise<Ended>;
  close(): Promise<void>;
}

export interface Ended {
  readonly code: number;
  readonly text: string;
}

/** One pod for a whole test file. */
export async function bench(): Promise<Bench> {
  const images = await ensureImages(dockerImageStore({}), setup);
  const sandbox: Sandbox = dockerSandbox({ pauseImage: images.pause, owner: 'docker-test' });
  const pod: Pod = await sandbox.createPod({ run: 'images', attempt: 1, ttlSeconds: 900, volumes: {} });
  const start: Bench['start'] = (image, command, files = {}) =>
    pod.start({
      role: 'service',
      image,
      command: ['sh', '-c', `${writeFiles(files)} exec "$@"`, 'sh', ...command],
      env: { TMPDIR: '/tmp' },
      workdir: '/tmp',
      uid: pod.uid('service'),
      mounts: [],
      memoryMb: 512,
      cpus: 2,
      pids: 200,
      stdin: false,
      output: { kind: 'log', logKb: 256 },
    });
  return {
    images,
    start,
    async run(image, command, files) {
      const container = await start(image, command, files);
      const { code } = await container.ended;
      const text = textOf(container);
      await container.remove();
      return { code, text };
    },
    async close() {
      await pod.dispose();
      await sandbox.close();
    },
  };
}

export const textOf = (container: Container): string =>
  container
    .logs()
    .map(({ text }) => text)
    .join('\n');

const writeFiles = (files: Readonly<Record<string, string>>): string =>
  Object.entries(files)
    .map(([name, text]) => `cat > ${name} <<'END_OF_FILE'\n${text}\nEND_OF_FILE\n`)
    .join('');
