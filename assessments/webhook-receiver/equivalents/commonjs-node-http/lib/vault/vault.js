'use strict';

const { EventEmitter } = require('node:events');
const { mkdir } = require('node:fs/promises');
const path = require('node:path');
const { Ledger } = require('./ledger');
const { Shelf } = require('./shelf');
const { Spool } = require('./spool');

/**
 * Keeps proofs and credentials, in memory and on the disk:
 *
 *     DATA_DIR/pending/<proof id>.json   one file for each mint that is open; small, short-lived
 *     DATA_DIR/settled.jsonl             one line for each that is minted or failed; final
 *
 * A job is `{ seq, requestId, attempts, notBefore, proof }`. Emits 'change' (type, proof) for everything that readers can
 * see from then on. Nothing is shown before it is on the disk.
 */
class Vault extends EventEmitter {
  proofs = new Shelf();
  credentials = new Shelf();
  #idByPullRequest = new Map();
  #jobs = new Map();
  #arriving = new Map();
  #lastSeq = 0;
  #credentialCount = 0;
  #spool;
  #ledger;

  static async open(directory) {
    await mkdir(directory, { recursive: true });
    const vault = new Vault();
    await vault.#load(directory);
    return vault;
  }

  async #load(directory) {
    const settled = [];
    this.#ledger = await Ledger.open(path.join(directory, 'settled.jsonl'), (entry) => settled.push(entry));
    const isSettled = new Set(settled.map(({ proof }) => proof.id));

    this.#spool = new Spool(path.join(directory, 'pending'));
    const open = [];
    for (const job of await this.#spool.open()) {
      // We were stopped between the two steps of settling.
      if (isSettled.has(job.proof.id)) await this.#spool.remove(job.proof.id);
      else open.push(job);
    }

    const bySeq = (a, b) => a.seq - b.seq;
    for (const { seq, proof } of [...settled, ...open].sort(bySeq)) {
      this.#showProof(seq, proof);
      this.#lastSeq = seq;
    }
    for (const job of open.sort(bySeq)) this.#jobs.set(job.proof.id, job);
    for (const { credential } of settled) if (credential) this.#showCredential(credential);
  }

  /** Mints that are still to be done, oldest first. */
  pending() {
    return [...this.#jobs.values()];
  }

  /**
   * Returns `{ proof, job }`: the one proof of this merge, and the job to mint it if this very report made it, else null.
   * Rejects if the disk does not take it.
   */
  async accept(newProof, requestId) {
    const pullRequest = newProof.pullRequest.id;
    const known = this.#idByPullRequest.get(pullRequest);
    if (known !== undefined) return { proof: this.proofs.get(known), job: null };
    const arriving = this.#arriving.get(pullRequest);
    if (arriving !== undefined) return { proof: await arriving, job: null };

    const job = { seq: ++this.#lastSeq, requestId, attempts: 0, notBefore: 0, proof: newProof };
    const stored = this.#spool.add(newProof.id, job).then(() => newProof);
    this.#arriving.set(pullRequest, stored);
    try {
      await stored;
    } finally {
      this.#arriving.delete(pullRequest);
    }
    this.#jobs.set(newProof.id, job);
    this.#showProof(job.seq, newProof);
    this.emit('change', 'proof.created', newProof);
    return { proof: newProof, job };
  }

  /** Keeps the count of attempts over a restart. */
  async noteFailedAttempt(job) {
    await this.#spool.replace(job.proof.id, job);
  }

  async settleAsMinted({ seq, proof }, { id, issuedAt }) {
    const { id: proofId, contributor, repository } = proof;
    const credential = { id, proofId, contributor, repository, issuedAt };
    await this.#settle({ seq, proof: { ...proof, status: 'minted', credentialId: id }, credential });
  }

  async settleAsFailed({ seq, proof }, reason) {
    await this.#settle({ seq, proof: { ...proof, status: 'failed', failure: { reason } }, credential: null });
  }

  async close() {
    await this.#ledger.close();
  }

  async #settle(entry) {
    const { proof, credential } = entry;
    await this.#ledger.add(entry);
    this.#jobs.delete(proof.id);
    this.proofs.exchange(proof);
    if (credential) this.#showCredential(credential);
    this.emit('change', `proof.${proof.status}`, proof);
    await this.#spool.remove(proof.id);
  }

  #showProof(seq, proof) {
    this.#idByPullRequest.set(proof.pullRequest.id, proof.id);
    this.proofs.put(seq, proof);
  }

  #showCredential(credential) {
    this.credentials.put(++this.#credentialCount, credential);
  }
}

module.exports = { Vault };
