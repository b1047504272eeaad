import { execa } from 'execa';
import { AssayerError } from '../../errors.js';

/** Older ones ignore `http.curloptResolve`, and with it the pinned address. */
const MIN_GIT = [2, 37] as const;

/** Everything that could make git run, ask, follow or believe something, off; only `protocol` may be spoken. */
export interface GitSettings {
  readonly protocol: 'https' | 'file';
  readonly resolve: string | null;
}

export interface GitRun {
  readonly cwd: string;
  readonly settings: GitSettings;
  /** The largest file git may write; a pack is one file. */
  readonly maxFileBytes: number;
  readonly maxMemoryBytes: number;
  /** On the clock, and of processor time. */
  readonly seconds: number;
  readonly signal?: AbortSignal | undefined;
}

const OFF: readonly string[] = [
  'protocol.allow=never',
  'http.followRedirects=false',
  'http.sslVerify=true',
  'http.proxy=',
  'http.lowSpeedLimit=1000',
  'http.lowSpeedTime=30',
  'credential.helper=',
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.askPass=',
  'core.attributesFile=/dev/null',
  'core.bigFileThreshold=4m',
  'submodule.recurse=false',
  'fetch.recurseSubmodules=false',
  'filter.lfs.smudge=',
  'filter.lfs.process=',
  'gc.auto=0',
  'maintenance.auto=false',
  'pack.threads=1',
];

/** Starts git under those settings, in an environment of its own. Standard output is a stream. */
export function startGit(args: readonly string[], run: GitRun) {
  const { protocol, resolve } = run.settings;
  const settings = [
    ...OFF,
    `protocol.${protocol}.allow=always`,
    ...(resolve === null ? [] : [`http.curloptResolve=${resolve}`]),
  ];
  const options = settings.flatMap((setting) => ['-c', setting]);
  const limits = [run.maxFileBytes / 512, run.maxMemoryBytes / 1024, run.seconds].map((limit) =>
    String(Math.ceil(limit)),
  );
  return execa('/bin/sh', ['-c', LIMITED, 'git', ...limits, ...options, ...args], {
    cwd: run.cwd,
    env: gitEnv(run.cwd, protocol),
    extendEnv: false,
    stdin: 'ignore',
    buffer: { stdout: false, stderr: true },
    maxBuffer: 64 * 1024,
    timeout: run.seconds * 1000,
    forceKillAfterDelay: 2000,
    reject: false,
    ...(run.signal === undefined ? {} : { cancelSignal: run.signal }),
  });
}

const LIMITED = 'ulimit -c 0; ulimit -f "$1"; ulimit -v "$2"; ulimit -t "$3"; shift 3; exec git "$@"';

function gitEnv(home: string, protocol: string): Record<string, string> {
  const { PATH = '/usr/bin:/bin', GIT_SSL_CAINFO } = process.env;
  return {
    PATH,
    HOME: home,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ALLOW_PROTOCOL: protocol,
    GIT_PROTOCOL_FROM_USER: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '/bin/false',
    SSH_ASKPASS: '/bin/false',
    GIT_NO_REPLACE_OBJECTS: '1',
    // A company's own certificates, as git itself would be told of them.
    ...(GIT_SSL_CAINFO === undefined ? {} : { GIT_SSL_CAINFO }),
  };
}

/** Rejects when this machine's git cannot pin an address. */
export async function checkGit(): Promise<void> {
  const { stdout } = await execa('git', ['version'], { reject: false, timeout: 10_000 });
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(stdout ?? '') ?? []).slice(1).map(Number);
  if (major > MIN_GIT[0] || (major === MIN_GIT[0] && minor >= MIN_GIT[1])) return;
  const problem = `git ${MIN_GIT.join('.')} or newer is needed to fetch repositories; install it on the worker.`;
  throw new AssayerError('internal', {}, { cause: new Error(problem) });
}
