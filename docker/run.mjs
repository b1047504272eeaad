#!/usr/bin/env node
/**
 * Where every npm script of ours begins, on a fresh clone as on a warm one: puts in place what is missing, then becomes
 * the program. Whatever it says itself goes to standard error; standard output is the program's alone.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureBuild } from './bootstrap/build.mjs';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { withLock } from './bootstrap/lock.mjs';
import { unsuitable } from './bootstrap/machine.mjs';

const PROGRAMS = {
  cli: 'harness/cli/main.js',
  test: 'docker/test-plan/main.js',
  bench: 'harness/bench/main.js',
  hostile: 'test/hostile/main.js',
};
/** As in the table of exit codes: something of ours is missing, and no candidate is to blame. */
const OUR_FAULT = 3;
const SETUP_MS = 15 * 60_000;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const say = (line) => process.stderr.write(`assayer: ${line}\n`);

async function main([name, ...args]) {
  const program = PROGRAMS[name];
  if (program === undefined)
    throw new Error(`The first word must be one of ${Object.keys(PROGRAMS).join(', ')}.`);
  const reason = unsuitable(root);
  if (reason !== null) throw new Error(reason);
  await withLock('setup', SETUP_MS, async () => {
    await ensureDependencies(root, say);
    await ensureBuild(root, say);
  });
  // In this process rather than in a child: signals, exit code and streams are the program's without any passing on.
  const file = join(root, 'dist', program);
  process.argv = [process.execPath, file, ...args];
  await import(pathToFileURL(file).href);
}

main(process.argv.slice(2)).catch((error) => {
  say(error.message);
  process.exitCode = OUR_FAULT;
});
