/** A time as a page shows it: `iso` for machines, `words` for people. */
export interface Moment {
  readonly iso: string;
  readonly words: string;
}

/** To the minute, in UTC, since the reader's own time is not known without a script. */
export const moment = (date: Date): Moment => ({
  iso: date.toISOString(),
  words: `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
});
