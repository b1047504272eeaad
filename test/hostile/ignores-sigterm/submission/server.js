'use strict';
require('./contract').serve();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.removeAllListeners(signal);
  process.on(signal, () => console.log('not now'));
}
