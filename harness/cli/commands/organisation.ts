import type { Command } from 'commander';
import { setUpKey } from '../../accounts/joining.js';
import { loadConfig } from '../../config.js';
import { addOrganisation } from '../../store/organisations.js';
import { localServer } from '../client/address.js';
import { withStore } from '../with-store.js';

const EXAMPLES = `
Examples:
  assayer organisation add "Analytical Engines"

Run it where the server runs. People, submissions and everything else of one organisation are not there for another.`;

/** What only the operator of an installation does: organisations. */
export function organisationCommand(program: Command): void {
  const command = program.command('organisation').description('manage organisations that share a server');
  command
    .command('add <name>')
    .description('make an organisation, and a link for its first admin')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string) => {
      const config = loadConfig(process.env, process.cwd());
      await withStore(config, { start: false }, async (store) => {
        const id = await addOrganisation(store, name.trim().slice(0, 100));
        const key = (await setUpKey(store, id)) ?? '';
        const origin = config.publicUrl ?? (await localServer(config));
        process.stderr.write(`${id} is made. Its first admin opens this link, once, within a day:\n`);
        process.stdout.write(`${origin}/setup?${new URLSearchParams({ key }).toString()}\n`);
      });
    });
}
