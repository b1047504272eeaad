'use strict';

const { readConfig } = require('./lib/config');
const log = require('./lib/log');
const { Vault } = require('./lib/vault/vault');
const { Registry } = require('./lib/registry/registry');
const { MintDesk } = require('./lib/mint/mint-desk');
const { Broadcaster } = require('./lib/stream/broadcaster');
const { Metrics } = require('./lib/ops/metrics');
const { Frame } = require('./lib/http/frame');
const { createServer } = require('./lib/http/server');
const { Router } = require('./lib/http/router');
const { stopOnSignals } = require('./lib/stop');

const endpoints = [
  require('./lib/deliveries/endpoint'),
  require('./lib/proofs/proof-endpoints'),
  require('./lib/proofs/credential-endpoints'),
  require('./lib/proofs/commitment-endpoint'),
  require('./lib/registry/status-endpoint'),
  require('./lib/registry/issuer-endpoint'),
  require('./lib/stream/endpoint'),
  require('./lib/ops/endpoints'),
];

async function main() {
  const config = readConfig(process.env);
  const broadcaster = new Broadcaster();
  const vault = await Vault.open(config.dataDir);
  vault.on('change', (type, proof) => broadcaster.publish(type, proof));
  const registry = new Registry(config.registry);
  const mintDesk = new MintDesk({ registry, vault, retry: config.retry });
  const metrics = new Metrics();
  metrics.gauge('sse_clients', 'Event streams that are open.', () => broadcaster.clientCount);

  const services = { config, vault, registry, mintDesk, broadcaster, metrics };
  const router = new Router();
  for (const { routes } of endpoints) router.add(routes(services));

  const frame = new Frame({ router, metrics });
  const server = createServer(frame);
  stopOnSignals({ server, frame, mintDesk, broadcaster, vault });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, resolve);
  });

  const pending = vault.pending();
  log.info('ready', { port: config.port, pendingMints: pending.length });
  for (const job of pending) mintDesk.take(job);
}

main().catch((error) => {
  log.error('cannot start', { reason: error.message });
  process.exitCode = 1;
});
