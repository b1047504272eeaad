'use strict';
const { existsSync } = require('node:fs');
const { attempt } = require('./attempts');

const made = (path) => existsSync(path) && path;

require('./contract').serve({
  escapes: () =>
    attempt({
      'its entrypoint ran': () => made('/tmp/entered'),
      'its health check ran': () => made('/tmp/health-checked'),
      'its docker script ran': () => made('/tmp/docker-script'),
      'its user was taken': () => process.getuid() === 0,
      'its mount was made': () => made('/host'),
    }),
});
