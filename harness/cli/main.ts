#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { AssayerError, EXIT } from '../errors.js';
import { Refused } from './client/client.js';
import { demoCommand } from './commands/demo.js';
import { doctorCommand } from './commands/doctor.js';
import { gradeCommand } from './commands/grade.js';
import { packCommand } from './commands/pack.js';
import { rescoreCommand } from './commands/rescore.js';
import { serveCommand } from './commands/serve.js';
import { submitCommand } from './commands/submit.js';
import { workerCommand } from './commands/worker.js';
import { explain } from './explain.js';
import { programVersion } from '../version.js';

const program = new Command('assayer')
  .description('Grades backend exercises by running them.')
  .version(programVersion())
  .configureHelp({ sortSubcommands: true })
  .showSuggestionAfterError()
  .exitOverride();

for (const add of [
  demoCommand,
  doctorCommand,
  serveCommand,
  workerCommand,
  submitCommand,
  gradeCommand,
  packCommand,
  rescoreCommand,
]) {
  add(program);
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.passed : EXIT.usage;
  process.stderr.write(`assayer: ${explain(error)}\n`);
  if (error instanceof AssayerError) return error.entry.exit;
  if (error instanceof Refused) return error.exit;
  return EXIT.ours;
}
