#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { AssayerError, EXIT } from '../errors.js';
import { gradeCommand } from './commands/grade.js';
import { packCommand } from './commands/pack.js';
import { rescoreCommand } from './commands/rescore.js';
import { explain } from './explain.js';
import { programVersion } from '../version.js';

const program = new Command('assayer')
  .description('Grades backend exercises by running them.')
  .version(programVersion())
  .configureHelp({ sortSubcommands: true })
  .showSuggestionAfterError()
  .exitOverride();


for (const add of [gradeCommand, packCommand, rescoreCommand]) add(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.passed : EXIT.usage;
  process.stderr.write(`assayer: ${explain(error)}\n`);
  if (error instanceof AssayerError) return error.entry.exit;
  return EXIT.ours;
}
