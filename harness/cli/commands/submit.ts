import type { Command } from 'commander';
import { loadConfig } from '../../config.js';
import { AssayerError, EXIT } from '../../errors.js';
import { findServer } from '../client/address.js';
import { connect, type Client, type Submission } from '../client/client.js';
import { packUp } from '../client/pack-up.js';
import { interruptSignal } from '../interrupt.js';
import { numberFrom, resultOptions, type ResultOptions } from '../options.js';
import { tellOutcome } from '../outcome.js';
import { firstWanted, makeFolders } from '../result-files.js';
import { eventPrinter } from '../progress.js';

interface Options extends ResultOptions {
  readonly assessment: string;
  readonly candidate?: string;
  readonly wait?: true;
  readonly timeout?: number;
  readonly server?: string;
}

const EXAMPLES = `
Examples:
  assayer submit ./repo --assessment webhook-receiver --candidate "Ada L."
  assayer submit https://git.example.org/ada/repo.git#main --assessment webhook-receiver
  assayer submit repo.zip --assessment webhook-receiver --wait --min-score 70 --junit junit.xml

The server is that of --server or ASSAYER_SERVER, else the one of the state folder; the token that of ASSAYER_TOKEN.`;

/** Sends one submission to a server, and with --wait stays for its scorecard. */
export function submitCommand(program: Command): void {
  const command = program
    .command('submit <source>')
    .description('send a folder, archive or git URL to a server')
    .requiredOption('-a, --assessment <id>', 'which assessment')
    .option('--candidate <name>', 'shown on the scorecard')
    .option('--wait', 'wait for the scorecard and end with its exit code')
    .option('--timeout <seconds>', 'give up waiting after that long', numberFrom(1, 86_400))
    .option('--server <url>', 'address of the server (ASSAYER_SERVER)')
    .addHelpText('after', EXAMPLES);
  resultOptions(command).action(async (source: string, options: Options) => {
    checkWaits(options);
    await makeFolders(options);
    const flags = options.server === undefined ? {} : { server: options.server };
    const config = loadConfig(process.env, process.cwd(), flags);
    const address = await findServer(config);
    const client = connect(address);
    const signal = deadline(interruptSignal(), options);
    const { assessment, candidate = null } = options;
    const accepted = await packUp(source, signal, (packed) =>
      client.submit({ assessment, candidate, source: packed }, signal),
    );
    if (options.wait) await follow(client, accepted, options, signal);
    else tellAccepted(accepted, address.url, options);
  });
}

/** A bar that nobody waits for would be passed by everything. */
function checkWaits({ wait, minScore, ...files }: Options): void {
  const idle = minScore === undefined ? firstWanted(files) : 'min-score';
  if (wait || idle === undefined) return;
  throw new AssayerError('usage', {
    problem: `--${idle} needs --wait: without it the command ends before anything is graded.`,
  });
}

function deadline(interrupted: AbortSignal, { timeout, wait }: Options): AbortSignal {
  if (timeout === undefined) return interrupted;
  const late = new AbortController();
  const what = wait ? 'The run' : 'Sending the submission';
  const error = new AssayerError('timedOut', { what, seconds: timeout });
  setTimeout(() => late.abort(error), timeout * 1000).unref();
  return AbortSignal.any([interrupted, late.signal]);
}

function tellAccepted(accepted: Submission, url: string, options: Options): void {
  if (options.json) return void process.stdout.write(`${JSON.stringify(accepted, null, 2)}\n`);
  process.stdout.write(`${accepted.id}\n`);
  if (!options.quiet)
    process.stderr.write(`Accepted. Its scorecard will be at ${url}${accepted.links.scorecard}\n`);
}

async function follow(
  client: Client,
  { id }: Submission,
  options: Options,
  signal: AbortSignal,
): Promise<void> {
  const print = eventPrinter(options.quiet ?? false);
  if (!options.quiet) process.stderr.write(`${id} is accepted\n`);
  for await (const event of client.events(id, signal)) print(event);
  const { run } = await client.submission(id, signal);
  if (run.state === 'done') {
    process.exitCode = await tellOutcome(await client.scorecard(id, signal), options);
    return;
  }
  if (options.json) process.stdout.write(`${JSON.stringify(run, null, 2)}\n`);
  process.stderr.write(`${run.verdict?.message ?? 'The submission was not graded.'}\n`);
  process.exitCode = EXIT.ours;
}
