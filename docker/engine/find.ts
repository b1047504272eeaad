import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../runners/sandbox/engine/client.js';
import { Engine } from '../../runners/sandbox/engine/engine.js';
import { SandboxError } from '../../runners/sandbox/types.js';

const ANSWER_MS = 5_000;
export const DEFAULT_HOST = 'unix:///var/run/docker.sock';

type Env = Readonly<Record<string, string | undefined>>;

/** What was found at one address: `refused` is an engine that this user may not use. */
export type Answer = 'answers' | 'silent' | 'refused';

/** Where an engine may be, most wanted first. One that DOCKER_HOST names is the only one that counts. */
export function candidateHosts(env: Env, uid: number | undefined): readonly string[] {
  if (env['DOCKER_HOST']) return [env['DOCKER_HOST']];
  const runtimeDir = env['XDG_RUNTIME_DIR'] ?? `/run/user/${uid ?? 0}`;
  const rootless = [join(runtimeDir, 'docker.sock'), join(homedir(), '.docker', 'run', 'docker.sock')];
  return [DEFAULT_HOST, ...rootless.filter((path) => existsSync(path)).map((path) => `unix://${path}`)];
}

export async function ask(host: string): Promise<Answer> {
  try {
    const engine = new Engine(connect({ dockerHost: host }), ANSWER_MS);
    await engine.call('say that it runs', () => engine.docker.ping());
    return 'answers';
  } catch (error) {
    const cause = error instanceof SandboxError ? error.cause : error;
    return (cause as NodeJS.ErrnoException | undefined)?.code === 'EACCES' ? 'refused' : 'silent';
  }
}
