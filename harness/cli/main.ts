#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { AssayerError, EXIT } from '../errors.js';
import { Refused } from './client/patience.js';
import { explain } from './explain.js';
import { beFrugal } from './frugal.js';
import { programVersion } from '../version.js';

const program = new Command('assayer')
  .description('Grades backend exercises by running them.')
  .version(programVersion())
  .configureHelp({ sortSubcommands: true })
  .showSuggestionAfterError()
  .exitOverride();

/** Each loads what it needs, and only the one that is asked for is loaded: a server carries no container layer with it. */
const COMMANDS: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  backup: async () => (await import('./commands/backup.js')).backupCommand,
  demo: async () => (await import('./commands/demo.js')).demoCommand,
  doctor: async () => (await import('./commands/doctor.js')).doctorCommand,
  grade: async () => (await import('./commands/grade.js')).gradeCommand,
  organisation: async () => (await import('./commands/organisation.js')).organisationCommand,
  pack: async () => (await import('./commands/pack.js')).packCommand,
  rescore: async () => (await import('./commands/rescore.js')).rescoreCommand,
  restore: async () => (await import('./commands/backup.js')).restoreCommand,
  serve: async () => (beFrugal(), await import('./commands/serve.js')).serveCommand,
  settings: async () => (await import('./commands/settings.js')).settingsCommand,
  submit: async () => (await import('./commands/submit.js')).submitCommand,
  worker: async () => (beFrugal(), await import('./commands/worker.js')).workerCommand,
};

try {
  const asked = COMMANDS[process.argv[2] ?? ''];
  for (const load of asked ? [asked] : Object.values(COMMANDS)) (await load())(program);
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
