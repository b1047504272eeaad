import type Dockerode from 'dockerode';
import { engineSilent, isConflict, isGone, toSandboxError } from './errors.js';

/** Every call to the engine goes through here: it ends in time, and fails in one way only. */
export class Engine {
  constructor(
    readonly docker: Dockerode,
    readonly callTimeoutMs: number,
  ) {}

  /** `doing` completes "The engine could not …". Throws `SandboxError` whose cause is the engine's own answer. */
  async call<T>(
    doing: string,
    work: (abortSignal: AbortSignal) => Promise<T>,
    ms = this.callTimeoutMs,
  ): Promise<T> {
    const abort = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(engineSilent(doing, ms)), ms);
    });
    try {
      return await Promise.race([work(abort.signal), late]);
    } catch (cause) {
      abort.abort();
      throw toSandboxError(cause, doing);
    } finally {
      clearTimeout(timer);
    }
  }

  /** As `call`, with null for an object that is not there (any more). */
  async ifThere<T>(doing: string, work: (abortSignal: AbortSignal) => Promise<T>): Promise<T | null> {
    try {
      return await this.call(doing, work);
    } catch (error) {
      if (isGone(error)) return null;
      throw error;
    }
  }

  /**
   * Removes a container or volume; content with one that is gone. One in use or half removed is asked about again for a
   * while, since the engine lets go of things a little after it says so. False: still in use.
   */
  async remove(doing: string, work: (abortSignal: AbortSignal) => Promise<unknown>): Promise<boolean> {
    const deadline = Date.now() + 5_000;
    for (;;) {
      try {
        await this.ifThere(doing, work);
        return true;
      } catch (error) {
        if (!isConflict(error)) throw error;
        if (Date.now() > deadline) return false;
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  removeContainer(id: string): Promise<boolean> {
    return this.remove('remove a container', (abortSignal) =>
      this.docker.getContainer(id).remove({ force: true, v: true, abortSignal }),
    );
  }

  removeVolume(name: string): Promise<boolean> {
    return this.remove('remove a volume', (abortSignal) =>
      this.docker.getVolume(name).remove({ abortSignal }),
    );
  }
}
