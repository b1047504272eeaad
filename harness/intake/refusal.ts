import type { Verdict } from '../../assessments/kit/index.js';
import type { RefusalCode } from './types.js';

/** Ends a reading early from inside its streams; `takeIn` turns it into a verdict, so no caller sees it. */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly logTail = '',
  ) {
    super(message);
    this.name = 'Refusal';
  }

  verdict(): Verdict {
    return { code: this.code, stage: 'intake', message: this.message, logTail: this.logTail };
  }
}

export const unreadable = (what: string): Refusal =>
  new Refusal('archiveUnreadable', `${what} Pack the project folder again and submit that.`);

export const unsafe = (what: string): Refusal =>
  new Refusal('archiveUnsafe', `${what} Take it out and submit again.`);

export const tooLarge = (what: string): Refusal =>
  new Refusal(
    'archiveTooLarge',
    `${what} Leave out node_modules, build output and large data, and submit again.`,
  );
