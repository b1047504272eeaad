import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { execa } from 'execa';
import { projectRoot } from '../../../docker/paths.js';
import { connect } from '../../../runners/sandbox/engine/client.js';
import { LABEL } from '../../../runners/sandbox/identity/labels.js';
import { parseIdentity } from '../../../runners/sandbox/identity/owner.js';
import { compile } from '../support/program.js';
import { until } from '../support/until.js';

jest.setTimeout(120_000);

let program: string;
let temporary: string;
beforeAll(async () => {
  program = await compile('harness/bench/main.ts');
  temporary = await mkdtemp(join(tmpdir(), 'assayer-test-'));
});
afterAll(async () => {
  await rm(dirname(program), { recursive: true, force: true });
  await rm(temporary, { recursive: true, force: true });
});

/** Containers and volumes that the process has made and that are still there. */
async function madeBy(pid: number | undefined): Promise<string[]> {
  const docker = connect({});
  const filters = { label: [LABEL.process] };
  const { Volumes: volumes } = await docker.listVolumes({ filters });
  const containers = await docker.listContainers({ all: true, filters });
  return [...containers, ...(volumes ?? [])]
    .map(({ Labels }) => Labels[LABEL.process] ?? '')
    .filter((process) => parseIdentity(process)?.pid === pid);
}

test('a bench that is told to end leaves no container, no volume and no temporary folder', async () => {
  const env = { ASSAYER_STATE_DIR: join(projectRoot, '.assayer'), TMPDIR: temporary };
  const bench = execa(process.execPath, [program], { env, reject: false, timeout: 100_000 });
  await until(async () => (await madeBy(bench.pid)).length > 0, 60_000);
  bench.kill('SIGTERM');
  const { exitCode, stderr } = await bench;
  expect([exitCode, stderr.split('\n').at(-1)]).toEqual([130, 'bench: Interrupted.']);
  expect(await madeBy(bench.pid)).toEqual([]);
  expect(await readdir(temporary)).toEqual([]);
});
