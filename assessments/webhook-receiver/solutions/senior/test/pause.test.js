import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pause, retryAfterMs } from '../src/registry/pause.js';

test('pauses double and stay within half and one and a half of the nominal', () => {
  assert.equal(
    pause(1, 100, () => 0),
    50,
  );
  assert.equal(
    pause(1, 100, () => 0.5),
    100,
  );
  assert.equal(
    pause(4, 100, () => 1),
    1200,
  );
});

test('Retry-After is read as seconds or as a date, and nonsense asks for nothing', () => {
  const now = Date.parse('2026-03-14T09:00:00Z');
  assert.equal(retryAfterMs('7', now), 7000);
  assert.equal(retryAfterMs('Sat, 14 Mar 2026 09:00:05 GMT', now), 5000);
  assert.equal(retryAfterMs('Sat, 14 Mar 2026 08:00:00 GMT', now), 0);
  assert.equal(retryAfterMs('soon', now), 0);
  assert.equal(retryAfterMs(null, now), 0);
});
