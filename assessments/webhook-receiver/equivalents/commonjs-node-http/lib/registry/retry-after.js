'use strict';

/** Milliseconds from now that a Retry-After header asks us to wait; 0 if there is none or it makes no sense. */
function readRetryAfter(header, now = Date.now()) {
  if (header === undefined) return 0;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  // Date.parse takes all sorts of things for dates; those of HTTP begin with the day of the week.
  const date = /^[A-Z][a-z]+,? /.test(header) ? Date.parse(header) : NaN;
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}

module.exports = { readRetryAfter };
