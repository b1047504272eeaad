import { InvalidArgumentError, type Command } from 'commander';

/** Options that several commands share, under one name and one meaning. */
export interface ResultOptions {
  readonly json?: true;
  readonly quiet?: true;
  readonly minScore?: number;
  readonly junit?: string;
}

export function resultOptions(command: Command): Command {
  return command
    .option('--json', 'print the scorecard as JSON on standard output, and nothing else there')
    .option('-q, --quiet', 'print no progress')
    .option('--min-score <n>', 'end with exit code 1 below this score (0 to 100)', numberFrom(0, 100))
    .option('--junit <file>', 'write the checks as JUnit XML');
}

/** A parser for an option that is a number. */
export function numberFrom(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It has to be a number from ${min} to ${max}.`);
  };
}
