import { spawn } from 'node:child_process';
import { basename } from 'node:path';

/**
 * Runs a program to its end, all its output on our standard error; throws one sentence when it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 * @returns {Promise<void>}
 */
export function run(command, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 2, 2] });
    child.once('error', (error) => reject(new Error(`${command} could not be started: ${error.message}.`)));
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(`${basename(command)} failed (${signal ?? `exit code ${code}`}); its output is above.`),
        );
    });
  });
}
