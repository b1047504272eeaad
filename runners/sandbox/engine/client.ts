import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { join } from 'node:path';
import { inspect } from 'node:util';
import Dockerode from 'dockerode';
import type { SandboxOptions } from '../options.js';
import { SandboxError } from '../types.js';

type Endpoint = Pick<SandboxOptions, 'dockerHost' | 'certPath'>;
/** What dockerode hands on to its modem, and its types leave out. */
type ClientOptions = Dockerode.DockerOptions & { readonly agent: HttpAgent };
type Env = Readonly<Record<string, string | undefined>>;

/** A client for the engine that the options name, else the environment (DOCKER_HOST, DOCKER_CERT_PATH, DOCKER_TLS_VERIFY). */
export function connect(options: Endpoint, env: Env = process.env): Dockerode {
  return new Dockerode(clientOptions(options, env));
}

export function clientOptions(options: Endpoint, env: Env): ClientOptions {
  const address = options.dockerHost ?? env['DOCKER_HOST'];
  if (!address) return local();
  const url = parse(address);
  switch (url.protocol) {
    case 'unix:':
      return local(url.pathname);
    case 'tcp:':
    case 'http:':
    case 'https:':
      return remote(url, options, env);
    default:
      throw unusable(address);
  }
}

/** A fresh connection a call: a kept one that the engine closed meanwhile would fail the next call. */
const FRESH = { keepAlive: false };

/**
 * The modem writes out the options of each call for its debug log, to full depth and whether or not the log is on. From an agent
 * it reaches every open stream of the process, and with eight pods that was most of a worker's processor time.
 */
const brief = <T extends HttpAgent>(agent: T): T =>
  Object.assign(agent, { [inspect.custom]: () => 'the agent' });

function local(socketPath?: string): ClientOptions {
  const agent = brief(new HttpAgent(FRESH));
  return socketPath ? { socketPath, host: undefined, agent } : { agent };
}

function remote(url: URL, options: Endpoint, env: Env): ClientOptions {
  const tls = url.protocol === 'https:' || url.port === '2376' || env['DOCKER_TLS_VERIFY'] === '1';
  const base = {
    host: url.hostname,
    port: Number(url.port) || (tls ? 2376 : 2375),
    agent: brief(tls ? new HttpsAgent(FRESH) : new HttpAgent(FRESH)),
  };
  if (!tls) return { ...base, protocol: 'http' };
  const folder = options.certPath ?? env['DOCKER_CERT_PATH'];
  if (!folder) return { ...base, protocol: 'https' };
  const pem = (name: string) => readPem(join(folder, name));
  return { ...base, protocol: 'https', ca: pem('ca.pem'), cert: pem('cert.pem'), key: pem('key.pem') };
}

function readPem(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new SandboxError(
      'engineUnavailable',
      `The certificate ${path} for the container engine cannot be read: put it there, or correct DOCKER_CERT_PATH.`,
      { cause },
    );
  }
}

function parse(address: string): URL {
  const text = address.includes('://') ? address : `tcp://${address}`;
  if (!URL.canParse(text)) throw unusable(address);
  const url = new URL(text);
  if (url.hostname === '' && url.protocol !== 'unix:') throw unusable(address);
  return url;
}

const unusable = (address: string): SandboxError =>
  new SandboxError(
    'engineUnavailable',
    `DOCKER_HOST is ${JSON.stringify(address)}, which is no address of an engine: use unix:///path or tcp://host:port.`,
  );
