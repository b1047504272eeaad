'use strict';

/** Timers cannot be set for longer. */
const LONGEST_MS = 2 ** 31 - 1;

/** How long to wait after the n-th failed attempt: doubling, with a jitter of a half, and never less than was asked for. */
function pauseAfter(attempt, { baseMs, earliestInMs, random = Math.random }) {
  const backoffMs = baseMs * 2 ** (attempt - 1) * (0.5 + random());
  return Math.min(LONGEST_MS, Math.ceil(Math.max(backoffMs, earliestInMs)));
}

module.exports = { pauseAfter, LONGEST_MS };
