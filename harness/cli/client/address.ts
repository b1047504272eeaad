import { readFile } from 'node:fs/promises';
import type { Config } from '../../config.js';
import { AssayerError } from '../../errors.js';
import { serverFile, tokenFile } from '../../state-files.js';
import type { ServerAddress } from './openapi-client.js';

type Where = Pick<Config, 'stateDir' | 'server' | 'token' | 'host' | 'port'>;

/** The server that is named, else the one of the state folder; and a token for it. */
export async function findServer(config: Where): Promise<ServerAddress> {
  const url = config.server ?? (await localServer(config));
  const token = config.token ?? (await readFile(tokenFile(config.stateDir), 'utf8').catch(() => '')).trim();
  if (token === '') throw new AssayerError('tokenMissing', { url });
  return { url, token };
}

/** The server of the state folder, or where it would be. */
export async function localServer({ stateDir, host, port }: Where): Promise<string> {
  const text = await readFile(serverFile(stateDir), 'utf8').catch(() => null);
  return text === null ? `http://${host}:${port}` : (JSON.parse(text) as { url: string }).url;
}
