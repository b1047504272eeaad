import { connect } from './engine/client.js';
import type { SandboxOptions } from './options.js';

/** The engine's images, as far as building ours needs them. Every failure is ours and is thrown. */
export interface ImageStore {
  exists(reference: string): Promise<boolean>;
  /** Whether the reference can be had: it is there already, or the engine pulled it in time. */
  obtain(reference: string, deadlineMs: number): Promise<boolean>;
  build(reference: string, context: NodeJS.ReadableStream, recipe: BuildRecipe): Promise<void>;
  /** Makes an image of one layer from a root file system. */
  importTar(
    reference: string,
    tar: NodeJS.ReadableStream,
    labels: Readonly<Record<string, string>>,
  ): Promise<void>;
}

export interface BuildRecipe {
  readonly target?: string;
  readonly args: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

/** One line of the engine's progress stream. A failed build answers 200 and says so here. */
interface Progress {
  readonly stream?: string;
  readonly error?: string;
}

/** The engine that the options name, else the environment's, as for the sandbox itself. */
export function dockerImageStore(options: Pick<SandboxOptions, 'dockerHost' | 'certPath'>): ImageStore {
  const docker = connect(options);
  const finished = (progress: NodeJS.ReadableStream): Promise<void> =>
    new Promise((resolve, reject) => {
      docker.modem.followProgress(progress, (error: Error | null, lines: Progress[] | undefined) => {
        const message = error?.message ?? lines?.find((line) => line.error !== undefined)?.error;
        if (message === undefined) resolve();
        else reject(new Error(`${message.trim()}${lastWords(lines ?? [])}`));
      });
    });

  const exists = async (reference: string): Promise<boolean> => {
    try {
      await docker.getImage(reference).inspect();
      return true;
    } catch (error) {
      if (statusCode(error) === 404) return false;
      throw error;
    }
  };

  return {
    exists,
    async obtain(reference, deadlineMs) {
      if (await exists(reference)) return true;
      const abort = AbortSignal.timeout(deadlineMs);
      try {
        await finished(await docker.pull(reference, { abortSignal: abort }));
        return true;
      } catch {
        return false;
      }
    },
    async build(reference, context, recipe) {
      const progress = await docker.buildImage(context, {
        t: reference,
        buildargs: { ...recipe.args },
        labels: { ...recipe.labels },
        networkmode: 'none',
        rm: true,
        forcerm: true,
        ...(recipe.target === undefined ? {} : { target: recipe.target }),
      });
      await finished(progress);
    },
    async importTar(reference, tar, labels) {
      const changes = Object.entries(labels).map(([key, value]) => `LABEL ${key}=${JSON.stringify(value)}`);
      await finished(await docker.importImage(tar, { ...splitTag(reference), changes }));
    },
  };
}

const splitTag = (reference: string): { repo: string; tag: string } => {
  const colon = reference.lastIndexOf(':');
  return { repo: reference.slice(0, colon), tag: reference.slice(colon + 1) };
};

const statusCode = (error: unknown): number | undefined =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;

/** What the failing build step printed last: the reason is there and not in the engine's own message. */
const lastWords = (lines: readonly Progress[]): string => {
  const text = lines
    .map((line) => line.stream ?? '')
    .join('')
    .trim();
  return text === '' ? '' : `\n${text.split('\n').slice(-8).join('\n')}`;
};
