import { defineLoad, type LoadStep } from 'assayer/kit';
import { checks } from './support/checks.js';
import { Ledger } from './support/ledger.js';
import { reconcile } from './support/reconcile.js';
import { aMerge, delivery, page, parse } from './support/steps.js';

const STEPS = 8000;
const PEOPLE = 20;
/** Every so many deliveries one is large. */
const LARGE = 10;
const READS_AND_DELIVERY = 8;
/** What a page holds unless it is asked for more, and the least that one of somebody with as many proofs must hold. */
const PAGE = 20;
const LEAST = 5;
const LONG_PAGE = 50;

/** What a busy day looks like: seven reads to one delivery, every third delivery a repeat. */
export default defineLoad({
  title: 'Reading profiles while deliveries come in',
  connections: 10,
  measures: ['cost', 'latency', 'memory', 'slowClients', 'spike', 'overload'],
  checks,
  reconcile,
  requests(input) {
    const { random } = input;
    const people = Array.from({ length: PEOPLE }, () => random.name());
    const ledger = new Ledger();
    let merged = random.pick(people);
    let last = aMerge(random, merged);
    let merges = 1;
    const acceptFor = (person: string) => (proofId: string) => ledger.accept(person, proofId);
    /** At the time of the answer. */
    const due = (person: string, most: number, sent: number) => (ids: readonly string[]) =>
      ledger.allows(ids, Math.min(most, ledger.settled(person)), sent);
    const step = (turn: number): LoadStep => {
      const person = random.pick(people);
      const isTheirs = ({ contributor }: { contributor?: unknown }): boolean => contributor === person;
      switch (turn % READS_AND_DELIVERY) {
        case 0:
          if (turn % 3 !== 0) {
            last = aMerge(random, person, turn % (READS_AND_DELIVERY * LARGE) === 0);
            merged = person;
            merges++;
          }
          return delivery(input, last, acceptFor(merged));
        case 1:
          return { method: 'GET', path: '/api/v1/issuer', right: (text) => 'id' in parse(text) };
        case 2:
          return page(`/api/v1/proofs?limit=${LONG_PAGE}`, LONG_PAGE, undefined, due('', LONG_PAGE, merges));
        case 3:
          return page(`/api/v1/credentials?contributor=${person}`, PAGE, isTheirs);
        case 4: {
          const path = `/api/v1/proofs?contributor=${person}&status=minted&limit=5`;
          return page(path, 5, (item) => isTheirs(item) && item.status === 'minted');
        }
        case 5:
          return { method: 'GET', path: '/healthz', light: true };
        default:
          return page(`/api/v1/proofs?contributor=${person}`, PAGE, isTheirs, due(person, LEAST, merges));
      }
    };
    return Array.from({ length: STEPS }, (_, turn) => step(turn));
  },
});
