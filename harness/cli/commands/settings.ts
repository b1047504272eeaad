import type { Command } from 'commander';
import { SETTINGS, SETTINGS_FILE } from '../../config.js';

const EXAMPLES = `
Examples:
  assayer settings
  assayer settings --json | jq -r '.[].env'

Each is an environment variable, or a line NAME=value of the file ${SETTINGS_FILE}. A secret may come from a file as well:
set NAME_FILE to its path.`;

/** One setting, as it is documented. */
interface Told {
  readonly env: string;
  readonly meaning: string;
  readonly secret: boolean;
  /** What counts when nothing is said; null when that is nothing. */
  readonly default: string | null;
}

/** Every setting there is, from the schema that reads them. */
export function settingsCommand(program: Command): void {
  program
    .command('settings')
    .description('explain every setting and its default')
    .option('--json', 'print them as JSON')
    .addHelpText('after', EXAMPLES)
    .action(({ json }: { json?: true }) => {
      const all = Object.values(SETTINGS).map(told);
      process.stdout.write(json ? `${JSON.stringify(all, null, 2)}\n` : all.map(asText).join('\n'));
    });
}

function told({ env, meaning, secret, schema }: (typeof SETTINGS)[keyof typeof SETTINGS]): Told {
  const parsed = schema.safeParse(undefined);
  const value = parsed.success ? parsed.data : undefined;
  const nothing = value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);
  return { env, meaning, secret, default: nothing ? null : String(value) };
}

const asText = ({ env, meaning, secret, default: usual }: Told): string => {
  const more = [usual === null ? '' : `default: ${usual}`, secret ? `or ${env}_FILE` : ''];
  const brackets = more.filter((part) => part !== '').join('; ');
  return `${env}${brackets === '' ? '' : `  (${brackets})`}\n    ${meaning}\n`;
};
