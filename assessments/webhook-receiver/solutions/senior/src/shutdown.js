const GRACE_MS = 4000;

/**
 * Ends politely: no new connections, streams closed, requests in flight answered, mints left for the next start (their
 * idempotency key makes that safe). Whoever is not done after the grace is cut off.
 */
export function shutDownOn(signal, { server, feed, minter, store, log }) {
  process.once(signal, async () => {
    log.info({ signal }, 'shutting down');
    const closed = new Promise((resolve) => server.close(resolve));
    minter.stop();
    feed.close();

    // A connection that becomes idle after `close()` would otherwise be kept alive for seconds.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    await closed;
    clearInterval(sweep);
    clearTimeout(cut);

    await store.close();
    log.info('bye');
    process.exit(0);
  });
}
