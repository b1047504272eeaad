import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { findCommand } from '../../../docker/commands.js';
import { startDaemon, type DaemonSpec } from '../../../docker/engine/daemon.js';
import { ask } from '../../../docker/engine/find.js';
import { ensureEngine } from '../../../docker/engine/index.js';
import { scratch, setup } from './support.js';

/** A second engine beside the real one: nothing of it is shared, and it sets up no network. */
const program = findCommand('dockerd');
const canStart = process.getuid?.() === 0 && program !== null;
const whenPossible = canStart ? test : test.skip;

let folder: string;
let spec: DaemonSpec;
beforeEach(() => {
  folder = scratch();
  spec = {
    program: program ?? '',
    host: `unix://${join(folder, 'socket')}`,
    pidFile: join(folder, 'pid'),
    logFile: join(folder, 'log'),
    args: [
      '--data-root',
      join(folder, 'data'),
      '--exec-root',
      join(folder, 'exec'),
      '--bridge=none',
      '--iptables=false',
    ],
  };
});
afterEach(async () => {
  // An engine mounts its data folder over itself, and in some containers cannot undo that.
  spawnSync('umount', ['--lazy', join(folder, 'data')]);
  await rm(folder, { recursive: true, force: true });
});

test('an engine that answers is used and left alone', async () => {
  const engine = await ensureEngine(setup);
  expect(engine.started).toBe(false);
  await engine.stop();
  expect(await ask(engine.host)).toBe('answers');
});

whenPossible(
  'an engine is started over a stale pid file and a dead socket, and stopped for good',
  async () => {
    await writeFile(spec.pidFile, String(process.pid));
    await leaveDeadSocket(join(folder, 'socket'));
    expect(await ask(spec.host)).toBe('silent');

    const daemon = await startDaemon(spec);
    expect(await ask(spec.host)).toBe('answers');

    await daemon.stop();
    await daemon.stop();
    expect(await ask(spec.host)).toBe('silent');
    expect(existsSync(`/proc/${daemon.pid}`)).toBe(false);
  },
  60_000,
);

whenPossible(
  'an engine starts where there is no netfilter',
  async () => {
    const tools = join(folder, 'tools');
    mkdirSync(tools);
    for (const tool of ['containerd', 'runc']) symlinkSync(findCommand(tool) ?? '', join(tools, tool));
    // In a network namespace of its own, so that no bridge or rule of this machine is touched.
    const script = `#!/bin/sh\nexec unshare --net env PATH=${tools} ${program} "$@"\n`;
    await writeFile(join(folder, 'dockerd'), script, { mode: 0o755 });

    const args = spec.args.filter((arg) => !/bridge|iptables/.test(arg));
    const daemon = await startDaemon({ ...spec, program: join(folder, 'dockerd'), args });
    expect(await ask(spec.host)).toBe('answers');
    expect(readFileSync(`/proc/${daemon.pid}/cmdline`, 'utf8')).toContain('--iptables=false');
    await daemon.stop();
    expect(await ask(spec.host)).toBe('silent');
  },
  60_000,
);

whenPossible(
  'an engine that cannot start says why',
  async () => {
    const unusable = startDaemon({ ...spec, args: [...spec.args, '--no-such-flag'] });
    await expect(unusable).rejects.toThrow(/does not start: .*no-such-flag/);
  },
  60_000,
);

/** A socket file that nobody listens on, as a killed engine leaves it. */
async function leaveDeadSocket(path: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(join(folder, 'first'), resolve));
  renameSync(join(folder, 'first'), path);
  await new Promise((resolve) => server.close(resolve));
}
