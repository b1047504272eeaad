import { execa } from 'execa';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../paths.js';
import { inScratch } from '../scratch.js';
import type { Part } from './parts.js';

export interface PartResult {
  readonly name: string;
  readonly seconds: number;
  readonly passed: number;
  /** Tests that failed, and whatever else went wrong: the part has succeeded only where this is 0. */
  readonly failed: number;
  readonly skipped: number;
}

type Counts = Pick<PartResult, 'passed' | 'failed' | 'skipped'>;

/** The fields that we read of what `jest --json` writes. */
interface JestReport {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

/** A part that is not over by then never will be. */
const PART_MS = 60 * 60_000;

export async function runPart(part: Part, cancelSignal: AbortSignal): Promise<PartResult> {
  const began = performance.now();
  const options = { ...SHOWN, cancelSignal, timeout: PART_MS };
  const counts =
    part.kind === 'jest' ? await runJest(part.args, options) : await runProgram(part.command, options);
  return { name: part.name, seconds: (performance.now() - began) / 1000, ...counts };
}

/** Everything goes to our standard error, so that standard output holds the summary alone. */
const SHOWN = { cwd: projectRoot, stdio: ['ignore', 2, 2], reject: false } as const;

type Shown = typeof SHOWN & { readonly cancelSignal: AbortSignal; readonly timeout: number };

async function runProgram([file, ...args]: readonly [string, ...string[]], options: Shown): Promise<Counts> {
  const { failed } = await execa(file, args, options);
  return { passed: 0, failed: failed ? 1 : 0, skipped: 0 };
}

const runJest = (args: readonly string[], options: Shown): Promise<Counts> =>
  inScratch(async (folder) => {
    const report = join(folder, 'report.json');
    const jest = join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js');
    const { failed } = await execa(process.execPath, [jest, ...args, '--json', `--outputFile=${report}`], {
      ...options,
      env: { NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --experimental-vm-modules --no-warnings` },
    });
    return countsOf(await read(report), failed);
  });

/** A run that ended badly without naming a failed test, or without any report, counts as one failure. */
export function countsOf(report: JestReport | null, ended: boolean): Counts {
  if (report === null) return { passed: 0, failed: 1, skipped: 0 };
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && (ended || !report.success) ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

async function read(file: string): Promise<JestReport | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as JestReport;
  } catch {
    return null;
  }
}
