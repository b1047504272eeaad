import { accessSync, constants } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { inScratch } from '../../docker/scratch.js';
import { AssayerError, reasonOf } from '../errors.js';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const PRINT_MS = 30_000;
/** Each takes a few hundred MB for a second. */
let printing: Promise<unknown> = Promise.resolve();

/** The Chromium of this machine, if there is one: the one of the settings, else the first on PATH. */
export function findBrowser(chosen: string | undefined): string | null {
  if (chosen !== undefined) return isExecutable(chosen) ? chosen : null;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isExecutable) ?? null;
}

/**
 * A page of ours as PDF, one at a time. @throws AssayerError printingUnavailable
 */
export function printPage(browser: string | null, html: string): Promise<Buffer> {
  if (browser === null) throw new AssayerError('printingUnavailable', { reason: 'it has no Chromium' });
  const printed = printing.then(() => inScratch((dir) => print(browser, html, dir)));
  printing = printed.catch(() => undefined);
  return printed;
}

async function print(browser: string, html: string, dir: string): Promise<Buffer> {
  try {
    const [page, pdf] = [join(dir, 'page.html'), join(dir, 'page.pdf')];
    await writeFile(page, html);
    await execa(browser, [...flags(dir), `--print-to-pdf=${pdf}`, pathToFileURL(page).href], {
      timeout: PRINT_MS,
      killSignal: 'SIGKILL',
      stdio: 'ignore',
    });
    return await readFile(pdf);
  } catch (error) {
    throw new AssayerError(
      'printingUnavailable',
      { reason: reasonOf(error).split('\n', 1)[0] ?? '' },
      { cause: error },
    );
  }
}

/** Quiet, without a network, and with nothing kept. Chromium refuses its own sandbox to root. */
const flags = (dir: string): string[] => [
  '--headless=new',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--no-pdf-header-footer',
  `--user-data-dir=${join(dir, 'profile')}`,
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
