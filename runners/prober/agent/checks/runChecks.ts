import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCLI } from 'jest';
import type { CheckRequest } from '../../protocol.js';
import type { Session } from '../session.js';
import { environmentFor } from './environment.js';
import { runCheck } from './runCheck.js';

/** Where jest loads its environment class from: a file, whose one line takes it from this process. */
const HANDOVER = Symbol.for('assayer.environment');

export interface Ran {
  /** Files that could not be evaluated; their checks have no findings. */
  readonly faults: { file: string; message: string }[];
}

/**
 * Runs checks with jest in this process, one after another. Findings go to the worker as they come; nothing that jest
 * says counts. They stand in a new folder that holds nothing else, so that no configuration can be found there and no
 * module of an earlier run is taken for one of this.
 */
export async function runChecks(session: Session, checks: readonly CheckRequest[]): Promise<Ran> {
  const root = await mkdtemp(join(tmpdir(), 'checks-'));
  const files = [...new Set(checks.map((check) => check.file))];
  const wanted = new Map(checks.map((check) => [check.id, check]));
  await Promise.all(files.map((file) => write(join(root, file), session.job.files[file] ?? '')));
  await write(
    join(root, 'environment.cjs'),
    "module.exports = globalThis[Symbol.for('assayer.environment')];\n",
  );
  Object.assign(globalThis, {
    [HANDOVER]: environmentFor(wanted, (check, body) => runCheck(session, check, body)),
  });

  const config = {
    rootDir: root,
    testMatch: files.map((file) => `<rootDir>/${file}`),
    testEnvironment: join(root, 'environment.cjs'),
    testEnvironmentOptions: { globalsCleanup: 'off' },
    transform: {},
    cacheDirectory: join(tmpdir(), 'jest'),
  };
  const { results } = await runCLI(
    {
      _: [],
      $0: 'assayer',
      runInBand: true,
      ci: true,
      watchman: false,
      reporters: [],
      config: JSON.stringify(config),
    },
    [root],
  );
  const faults = results.testResults.flatMap(({ testFilePath, testExecError }) =>
    testExecError
      ? [{ file: testFilePath.slice(root.length + 1), message: testExecError.message.slice(0, 1000) }]
      : [],
  );
  return { faults };
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
