import { EventEmitter } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { config } from './config.js';

mkdirSync(config.dataDir, { recursive: true });
const file = join(config.dataDir, 'proofs.ndjson');

export const changes = new EventEmitter();
const proofs = new Map();
const credentials = new Map();
const byPullRequest = new Map();
let sequence = 0;

if (existsSync(file)) {
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    try {
      apply(JSON.parse(line));
    } catch {
      // the last line may be incomplete after a crash
    }
  }
}

function apply({ proof, credential }) {
  proofs.set(proof.id, { ...proof, sequence: proofs.get(proof.id)?.sequence ?? ++sequence });
  byPullRequest.set(proof.pullRequest.id, proof.id);
  if (credential) credentials.set(credential.id, { ...credential, sequence: ++sequence });
}

/** Saves a proof, and its credential if it has one, and tells the stream. */
export function save(event, proof, credential) {
  const entry = { proof, credential };
  appendFileSync(file, `${JSON.stringify(entry)}\n`);
  apply(entry);
  changes.emit('change', event, proof);
}

const strip = ({ sequence, ...rest }) => rest;
export const getProof = (id) => proofs.has(id) && strip(proofs.get(id));
export const getCredential = (id) => credentials.has(id) && strip(credentials.get(id));
export const findByPullRequest = (id) => byPullRequest.get(id);

export function listProofs(query) {
  return list(proofs, query);
}

export function listCredentials(query) {
  return list(credentials, query);
}

function list(map, { contributor, status, limit, before }) {
  const found = [...map.values()]
    .filter((item) => item.sequence < before)
    .filter((item) => contributor === undefined || item.contributor === contributor)
    .filter((item) => status === undefined || item.status === status)
    .sort((a, b) => b.sequence - a.sequence);
  const items = found.slice(0, limit);
  const nextCursor = found.length > limit ? String(items.at(-1).sequence) : null;
  return { items: items.map(strip), nextCursor };
}
