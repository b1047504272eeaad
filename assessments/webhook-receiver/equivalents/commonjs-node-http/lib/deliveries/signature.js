'use strict';

const { createHmac, timingSafeEqual } = require('node:crypto');

/** Whether `header` is what GitHub would send along with exactly these bytes. */
function isSigned(bytes, secret, header = '') {
  const expected = Buffer.from(`sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`);
  const actual = Buffer.from(header);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

module.exports = { isSigned };
