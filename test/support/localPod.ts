import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { proberBundles } from '../../docker/bundle.js';
import { projectRoot } from '../../docker/paths.js';
import type { Container, ContainerExit, ContainerSpec, Pod } from '../../runners/sandbox/types.js';
import type { LogLine } from '../../assessments/kit/index.js';

/** Folders of this machine that stand for a pod's volumes. */
export interface LocalVolumes {
  readonly work: string;
  readonly data: string;
}

/**
 * A pod without an engine: the prober's program and the service as child processes of this one. It isolates nothing; it is
 * for tests of the prober and for writing packs, in a network namespace of its own (`unshare -n`).
 */
export async function localPod(volumes: LocalVolumes): Promise<Pod> {
  const agent = await writeAgent();
  const started: Container[] = [];
  return {
    id: 'local',
    usage: () => [],
    uid: () => process.getuid?.() ?? 0,
    async start(spec) {
      const container = startProcess(spec, volumes, agent);
      started.push(container);
      return container;
    },
    async dispose() {
      await Promise.all(started.map((container) => container.remove()));
    },
  };
}

/** Starts a service as its image does: a signal reaches the program behind npm or a shell. */
const LAUNCH = join(projectRoot, 'docker/images/sandbox/launch');

async function writeAgent(): Promise<string> {
  const bundle = (await proberBundles()).find(({ name }) => name === 'agent.mjs');
  // Inside node_modules, so that the bundle finds jest there as it does in its image.
  const dir = join(projectRoot, 'node_modules/.cache/assayer');
  await mkdir(dir, { recursive: true });
  const file = join(dir, `agent-${process.pid}.mjs`);
  await writeFile(file, bundle?.text ?? '');
  return file;
}

function startProcess(spec: ContainerSpec, volumes: LocalVolumes, agent: string): Container {
  const local = (path: string): string =>
    path.replace(/^\/work(?=\/|$)/, volumes.work).replace(/^\/data(?=\/|$)/, volumes.data);
  const env = Object.fromEntries(Object.entries(spec.env).map(([name, value]) => [name, local(value)]));
  const isProber = spec.role === 'prober';
  const [command = '', ...args] = isProber
    ? [process.execPath, agent]
    : ['/bin/sh', LAUNCH, spec.command.at(-1) ?? ''];
  const child = spawn(command, args, {
    cwd: isProber ? local(spec.workdir) : local(spec.command.at(-2) ?? ''),
    env: { ...env, PATH: process.env['PATH'] },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  return describe(spec, child);
}

function describe(spec: ContainerSpec, child: ChildProcess): Container {
  const lines: LogLine[] = [];
  let bytes = 0;
  const keep = (stream: LogLine['stream']) => (chunk: Buffer) => {
    bytes += chunk.length;
    for (const text of chunk.toString('utf8').split('\n')) if (text !== '') lines.push({ stream, text });
  };
  const isStream = spec.output.kind === 'stream';
  if (!isStream) child.stdout?.on('data', keep('stdout'));
  child.stderr?.on('data', keep('stderr'));

  const ended = new Promise<ContainerExit>((resolve) =>
    child.once('close', (code, signal) =>
      resolve({ code: code ?? (signal === 'SIGKILL' ? 137 : 143), oomKilled: false, figures: null }),
    ),
  );
  const kill = (signal: string, target: 'program' | 'all'): void => {
    try {
      if (child.pid !== undefined) process.kill(target === 'all' ? -child.pid : child.pid, signal);
    } catch {
      // It has ended.
    }
  };
  const began = performance.now();
  const figures = { cpuMs: 1, memoryBytes: 1, memoryPeakBytes: 1, pids: 1 };
  return {
    id: String(child.pid),
    role: spec.role,
    stdin: spec.stdin ? child.stdin : null,
    stdout: isStream ? child.stdout : null,
    logs: () => lines,
    outputBytes: () => bytes,
    signal: async (name) => kill(name, name === 'SIGKILL' ? 'all' : 'program'),
    ended,
    running: () => child.exitCode === null && child.signalCode === null,
    pause: async () => kill('SIGSTOP', 'all'),
    unpause: async () => kill('SIGCONT', 'all'),
    figures: async () => figures,
    cpuNanoseconds: async () => 0n,
    countedMs: async () => performance.now() - began,
    async remove() {
      kill('SIGKILL', 'all');
      await ended;
    },
  };
}
