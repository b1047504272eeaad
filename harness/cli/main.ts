#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { outliveReaders } from './closed-pipe.js';
import { exitCodeAfter } from './exit-code.js';
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
  pack: async () => (await import('./commands/pack/index.js')).packCommand,
  rescore: async () => (await import('./commands/rescore.js')).rescoreCommand,
  restore: async () => (await import('./commands/backup.js')).restoreCommand,
  serve: async () => (beFrugal(), await import('./commands/serve.js')).serveCommand,
  settings: async () => (await import('./commands/settings.js')).settingsCommand,
  submit: async () => (await import('./commands/submit.js')).submitCommand,
  worker: async () => (beFrugal(), await import('./commands/worker.js')).workerCommand,
};

outliveReaders(process.stdout, process.stderr);
try {
  const asked = COMMANDS[process.argv[2] ?? ''];
  for (const load of asked ? [asked] : Object.values(COMMANDS)) (await load())(program);
  await program.parseAsync();
} catch (error) {
  // The parser of the command line has said what is wrong itself.
  if (!(error instanceof CommanderError)) process.stderr.write(`assayer: ${explain(error)}\n`);
  process.exitCode = exitCodeAfter(error);
}
