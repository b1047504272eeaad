import { expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseTable, startOf } from '../../../runners/prober/agent/find/listeners.js';

const row = (local: string, state: string, uid: number): string =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000 ${uid}        0 12345 1 0 100 0 0 10 0`;
const table = (...rows: string[]): string => ['  sl  local_address …', ...rows, ''].join('\n');

test.each([
  ['any IPv4 address', '00000000:1F90', '0.0.0.0', 8080],
  ['the IPv4 loopback', '0100007F:0BB8', '127.0.0.1', 3000],
  ['any IPv6 address', '00000000000000000000000000000000:1F90', '::', 8080],
  ['the IPv6 loopback', '00000000000000000000000001000000:1F90', '::1', 8080],
  ['IPv4 inside IPv6', '0000000000000000FFFF00000100007F:1F90', '127.0.0.1', 8080],
])('%s', (_what, local, host, port) => {
  expect(parseTable(table(row(local, '0A', 20001)))).toEqual([{ host, port, uid: 20001 }]);
});

test('connections that do not listen are left out', () => {
  expect(parseTable(table(row('0100007F:1F90', '01', 1), row('0100007F:1F91', '0A', 2)))).toHaveLength(1);
  expect(parseTable('')).toEqual([]);
});

test('of a table without end the first whole lines are read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'assayer-table-'));
  try {
    const file = join(folder, 'tcp');
    const listening = row('0100007F:1F91', '0A', 2);
    await writeFile(
      file,
      table(listening, ...Array.from({ length: 10_000 }, () => row('0100007F:1F90', '06', 0))),
    );
    const read = await startOf(file, 100_000);
    expect(read.length).toBeLessThan(170_000);
    expect(read.split('\n').at(-1)).toBe(row('0100007F:1F90', '06', 0));
    expect(parseTable(read)).toEqual([{ host: '127.0.0.1', port: 8081, uid: 2 }]);
    expect((await startOf(file, 10_000_000)).split('\n')).toHaveLength(10_003);
  } finally {
    await rm(folder, { recursive: true });
  }
});
