import { setFlagsFromString } from 'node:v8';

/**
 * For processes that run for months beside others: V8 then collects sooner rather than let the heap grow, which saves a
 * quarter of the memory for a few per cent of time. To be called before the large modules are loaded.
 */
export function beFrugal(): void {
  setFlagsFromString('--optimize-for-size');
}
