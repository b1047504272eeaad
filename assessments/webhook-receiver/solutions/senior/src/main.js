import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createApp } from './app.js';
import { readConfig } from './config.js';
import { Feed } from './feed.js';
import { createLogger } from './log.js';
import { createMetrics } from './metrics.js';
import { Minter } from './minter.js';
import { Registry } from './registry/registry.js';
import { shutDownOn } from './shutdown.js';
import { Store } from './store/store.js';

const config = readConfig(process.env);
const log = createLogger();
mkdirSync(config.dataDir, { recursive: true });

const store = await Store.open(join(config.dataDir, 'journal.ndjson'));
const registry = new Registry(config.registry);
const feed = new Feed();
const metrics = createMetrics({ streams: () => feed.size });
const minter = new Minter({ store, registry, feed, log, ...config.retry });

const server = createServer(createApp({ config, store, registry, minter, feed, metrics, log }));
server.listen(config.port, () => log.info({ port: config.port }, 'listening'));
minter.resume();

shutDownOn('SIGTERM', { server, feed, minter, store, log });
shutDownOn('SIGINT', { server, feed, minter, store, log });
