import { setTimeout as sleep } from 'node:timers/promises';

await sleep(100);
const { default: contract } = await import('./lib/contract.cjs');
contract.serve();
