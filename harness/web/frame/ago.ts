import { moment, plural } from '../../../reports/text/words.js';

/** A moment for people: how long ago, with the exact time beside. */
export interface When {
  readonly iso: string;
  readonly exact: string;
  readonly ago: string;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function when(at: Date, now: Date): When {
  const iso = at.toISOString();
  return {
    iso,
    exact: moment(iso),
    ago: ago((now.getTime() - at.getTime()) / 1000) ?? moment(iso).split(',')[0] ?? '',
  };
}

/** Null for what is more than a month ago: then the date says more. */
function ago(seconds: number): string | null {
  if (seconds < 10) return 'just now';
  if (seconds < MINUTE) return `${Math.floor(seconds)} s ago`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min ago`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h ago`;
  if (seconds < 31 * DAY) return `${plural(Math.floor(seconds / DAY), 'day')} ago`;
  return null;
}

/** How long something has lasted: `8 s`, `4 min`, `3 h 20 min`. */
export function lasted(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return `${Math.max(0, Math.round(ms / 1000))} s`;
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
