import type { Readable } from 'node:stream';
import { connect } from './engine/client.js';
import { Engine } from './engine/engine.js';
import { isConflict, toSandboxError } from './engine/errors.js';
import { DEFAULTS, type SandboxOptions } from './options.js';

/** The engine's images, as far as making ours needs them. Throws `SandboxError`. */
export interface ImageStore {
  exists(reference: string): Promise<boolean>;
  /** Pulls an image. False: it cannot be had, or nothing of it came for `quietMs`. */
  pull(reference: string, quietMs: number): Promise<boolean>;
  /** Builds from a tar that holds a Dockerfile and all it copies; no step has a network. */
  build(reference: string, context: Readable, recipe: BuildRecipe): Promise<void>;
  /** Makes an image of one layer from a root file system. */
  importTar(reference: string, tar: Readable, labels: Readonly<Record<string, string>>): Promise<void>;
  /** Removes images with a label that are older than `days`, but none of `keep` and none that a container or an image needs. */
  removeOld(label: string, keep: readonly string[], days: number): Promise<readonly string[]>;
}

export interface BuildRecipe {
  readonly target?: string;
  readonly args: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

/** One line of the engine's progress stream. What failed midway was answered with 200 and says so here. */
interface Progress {
  readonly stream?: string;
  readonly error?: string;
}

/** The engine that the options name, else the environment's, as for the sandbox itself. */
export function dockerImageStore(options: Pick<SandboxOptions, 'dockerHost' | 'certPath'>): ImageStore {
  const docker = connect(options);
  const engine = new Engine(docker, DEFAULTS.callTimeoutMs);

  const finished = (progress: NodeJS.ReadableStream, onProgress?: () => void): Promise<void> =>
    new Promise((resolve, reject) => {
      const done = (error: Error | null, lines: readonly Progress[] = []): void => {
        const message = error?.message ?? lines.find((line) => line.error !== undefined)?.error;
        if (message === undefined) resolve();
        else reject(new Error(`${message.trim()}${lastWords(lines)}`));
      };
      docker.modem.followProgress(progress, done, onProgress);
    });

  /** Sends a tar; one that cannot be read to its end fails the call, and not the process. */
  const send = async (
    doing: string,
    tar: Readable,
    call: (abortSignal: AbortSignal) => Promise<NodeJS.ReadableStream>,
  ): Promise<void> => {
    const abort = new AbortController();
    const broken = new Promise<never>((_, reject) => tar.once('error', reject));
    try {
      await Promise.race([broken, call(abort.signal).then((progress) => finished(progress))]);
    } catch (cause) {
      abort.abort();
      throw toSandboxError(cause, doing);
    }
  };

  return {
    async exists(reference) {
      return (await engine.ifThere('look for an image', () => docker.getImage(reference).inspect())) !== null;
    },
    async pull(reference, quietMs) {
      const abort = new AbortController();
      const quiet = setTimeout(() => abort.abort(), quietMs);
      try {
        const progress = await docker.pull(reference, { abortSignal: abort.signal });
        await finished(progress, () => quiet.refresh());
        return !abort.signal.aborted;
      } catch {
        return false;
      } finally {
        clearTimeout(quiet);
      }
    },
    build(reference, context, { target, args, labels }) {
      return send(`build ${reference}`, context, (abortSignal) =>
        docker.buildImage(context, {
          t: reference,
          buildargs: { ...args },
          labels: { ...labels },
          networkmode: 'none',
          rm: true,
          forcerm: true,
          abortSignal,
          ...(target === undefined ? {} : { target }),
        }),
      );
    },
    async removeOld(label, keep, days) {
      const filters = { label: [label] };
      const images = await engine.call('list images', () => docker.listImages({ filters }));
      const newest = Date.now() / 1000 - days * 86_400;
      const old = images
        .filter(({ Created }) => Created < newest)
        .flatMap(({ RepoTags }) => RepoTags ?? [])
        .filter((reference) => !keep.includes(reference));
      const removed: string[] = [];
      for (const reference of old) {
        try {
          await engine.ifThere('remove an image', () => docker.getImage(reference).remove());
          removed.push(reference);
        } catch (error) {
          if (!isConflict(error)) throw error;
        }
      }
      return removed;
    },
    importTar(reference, tar, labels) {
      const [repo, tag] = reference.split(':');
      const changes = Object.entries(labels).map(([key, value]) => `LABEL ${key}=${JSON.stringify(value)}`);
      return send(`make ${reference}`, tar, (abortSignal) =>
        docker.importImage(tar, { repo, tag, changes, abortSignal }),
      );
    },
  };
}

/** What the failing build step printed last: the reason is there, and not in the engine's own message. */
const lastWords = (lines: readonly Progress[]): string => {
  const text = lines.map(({ stream }) => stream ?? '').join('');
  return text.trim() === '' ? '' : `\n${text.trim().split('\n').slice(-8).join('\n')}`;
};
