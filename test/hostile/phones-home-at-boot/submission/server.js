'use strict';
fetch('https://telemetry.example.com/v1/start', { method: 'POST', body: '{}', signal: AbortSignal.timeout(3000) })
  .catch((error) => console.warn('telemetry is off:', error.message))
  .finally(() => require('./contract').serve());
