import { serve } from './contract';

const started: number = Date.now();
serve();
declare const console: { log(...args: unknown[]): void };
console.log(`started at ${started}`);
