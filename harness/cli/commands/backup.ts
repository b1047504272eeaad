import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { hasOtherMachines } from '../../archives.js';
import type { BackedUp } from '../../backup/backup.js';
import { backUp } from '../../backup/backup.js';
import { restore } from '../../backup/restore.js';
import { loadConfig, type Config } from '../../config.js';
import { AssayerError } from '../../errors.js';
import type { Store } from '../../store/database.js';
import { migrate } from '../../store/migrate.js';
import { withStore } from '../with-store.js';

const BACKUP = `
Examples:
  assayer backup /var/backups/assayer-2026-11-22.tar.gz

The server may run meanwhile. The file holds everything about candidates and people: keep it as safe as the database.`;

const RESTORE = `
Examples:
  ASSAYER_STATE_DIR=/srv/assayer assayer restore /var/backups/assayer-2026-11-22.tar.gz

Into an installation of the same version that has not been used yet. Start server and workers afterwards.`;

/** One file with all that cannot be made again. */
export function backupCommand(program: Command): void {
  program
    .command('backup <file>')
    .description('write database and archives into one file; the server may run meanwhile')
    .addHelpText('after', BACKUP)
    .action(async (file: string) => {
      if (await stat(file).catch(() => null)) {
        throw new AssayerError('usage', { problem: `${file} is there already; choose another name.` });
      }
      await tell((store, blobsDir) => backUp(store, blobsDir, resolve(file)), `written to ${file}`);
    });
}

/** The way back. */
export function restoreCommand(program: Command): void {
  program
    .command('restore <file>')
    .description('put a backup into a new database and state folder')
    .addHelpText('after', RESTORE)
    .action(async (file: string) => {
      if (!(await stat(file).catch(() => null))) {
        throw new AssayerError('usage', { problem: `There is no file ${file}.` });
      }
      await tell(async (store, blobsDir, config) => {
        await migrate(store);
        return restore(store, blobsDir, resolve(file), hasOtherMachines(config));
      }, `restored from ${file}`);
    });
}

async function tell(
  work: (store: Store, blobsDir: string, config: Config) => Promise<BackedUp>,
  done: string,
): Promise<void> {
  const config = loadConfig(process.env, process.cwd());
  const { rows, blobs } = await withStore(config, { start: true }, (store) =>
    work(store, join(config.stateDir, 'blobs'), config),
  );
  process.stdout.write(`${rows} rows and ${blobs} archives ${done}\n`);
}
