import { relative } from 'node:path';
import type { Command } from 'commander';
import { createPack } from '../../../packs/create.js';

export function packNewCommand(pack: Command): void {
  pack
    .command('new <dir>')
    .description('make a small assessment that works, to be changed into your own')
    .addHelpText('after', '\nThe name of the folder is the id of the assessment, such as packs/rate-limiter.')
    .action(async (folder: string) => {
      const path = relative(process.cwd(), await createPack(folder));
      const dir = path.startsWith('..') ? path : `./${path}`;
      process.stdout.write(
        [
          `Made ${dir}: a brief, three checks, three solutions, three mutants and a cheat.`,
          `  assayer pack check ${dir}     whether its files fit together; a second`,
          `  assayer pack verify ${dir}    whether its checks tell good work from bad; needs containers`,
          'assessments/README.md of Assayer says what each file is for.',
          '',
        ].join('\n'),
      );
    });
}
