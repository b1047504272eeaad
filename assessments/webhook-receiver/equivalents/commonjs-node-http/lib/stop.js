'use strict';

const log = require('./log');

/** Five seconds are allowed; what is not done by then is better cut off by us than by the one who waits. */
const PATIENCE_MS = 4_000;

/** Ends the process with code 0 on SIGTERM: no new requests, answers under way are finished, mints are left for the next start. */
function stopOnSignals({ server, frame, mintDesk, broadcaster, vault }) {
  const stop = async () => {
    log.info('stopping');
    server.close();
    mintDesk.close();
    broadcaster.close();
    await Promise.race([frame.drain(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
    await vault.close();
    log.info('stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.once(signal, () => {
      stop().catch((error) => {
        log.error('stopping failed', { reason: error.message });
        process.exit(1);
      });
    });
  }
}

module.exports = { stopOnSignals };
