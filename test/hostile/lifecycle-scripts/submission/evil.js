'use strict';
const { writeFileSync } = require('node:fs');
for (const place of ['./ran', './node_modules/ran', '/tmp/ran']) {
  try {
    writeFileSync(place, process.env.npm_lifecycle_event ?? 'unknown');
  } catch {
    continue;
  }
}
