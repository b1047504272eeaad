import { CommanderError } from 'commander';
import { AssayerError, EXIT, type ExitCode } from '../errors.js';
import { PackError } from '../packs/error.js';
import { Refused } from './client/patience.js';

/** How the program ends after that error: by whose doing it is. */
export function exitCodeAfter(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.passed : EXIT.usage;
  if (error instanceof AssayerError) return error.entry.exit;
  if (error instanceof Refused) return error.exit;
  // A pack that is not there, or not right, is its author's or the caller's to mend.
  if (error instanceof PackError) return EXIT.usage;
  return EXIT.ours;
}
