import { InvalidArgumentError, type Command } from 'commander';
import { RESULT_FILES, type ResultFiles } from './result-files.js';

/** Options that several commands share, under one name and one meaning. */
export interface ResultOptions extends ResultFiles {
  readonly json?: true;
  readonly quiet?: true;
  readonly minScore?: number;
}

export function resultOptions(command: Command): Command {
  command
    .option('--json', 'print the scorecard as JSON on standard output, and nothing else there')
    .option('-q, --quiet', 'print no progress')
    .option('--min-score <n>', 'end with exit code 1 below this score (0 to 100)', numberFrom(0, 100));
  for (const [name, { what }] of Object.entries(RESULT_FILES)) command.option(`--${name} <file>`, what);
  return command;
}

/** A parser for an option that is a number. */
export function numberFrom(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It has to be a number from ${min} to ${max}.`);
  };
}
