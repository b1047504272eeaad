import type { Command } from 'commander';
import { packCheckCommand } from './check.js';
import { packListCommand } from './list.js';
import { packNewCommand } from './new.js';
import { packVerifyCommand } from './verify.js';

/** What a pack author needs, in the order of use. */
export function packCommand(program: Command): void {
  const pack = program.command('pack').description('write, check and verify assessments');
  for (const command of [packNewCommand, packCheckCommand, packVerifyCommand, packListCommand]) command(pack);
}
