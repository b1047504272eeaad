import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { findBrowser } from '../../../harness/api/print.js';

/** The machine's Chromium (`CHROMIUM_PATH`, else the first on PATH), kept from talking to anybody. */
export function launchChromium(): Promise<Browser> {
  const executablePath = findBrowser(process.env['CHROMIUM_PATH']);
  if (executablePath === null)
    throw new Error('Chromium is not installed here; install it, or set CHROMIUM_PATH');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}
