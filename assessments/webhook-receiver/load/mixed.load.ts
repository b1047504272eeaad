import { defineLoad, type LoadStep } from 'assayer/kit';
import { aMerge, contributors, delivery } from './support/steps.js';

const STEPS = 2000;

/** What a busy day looks like: six reads to one delivery, every third delivery a repeat. */
export default defineLoad({
  title: 'Reading profiles while deliveries come in',
  seconds: 5,
  connections: 10,
  requests(input) {
    const { random } = input;
    const people = contributors(random, 20);
    let last = aMerge(random, random.pick(people));
    const step = (turn: number): LoadStep => {
      const person = random.pick(people);
      switch (turn % 7) {
        case 0:
          if (turn % 3 !== 0) last = aMerge(random, person);
          return delivery(input, last);
        case 1:
          return { method: 'GET', path: '/api/v1/issuer' };
        case 2:
          return { method: 'GET', path: '/api/v1/proofs?limit=50' };
        case 3:
          return { method: 'GET', path: `/api/v1/credentials?contributor=${person}` };
        case 4:
          return { method: 'GET', path: `/api/v1/proofs?contributor=${person}&status=minted&limit=5` };
        default:
          return { method: 'GET', path: `/api/v1/proofs?contributor=${person}` };
      }
    };
    return Array.from({ length: STEPS }, (_, turn) => step(turn));
  },
});
