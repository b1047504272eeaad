/** Waits for all, then throws the first failure: one that is stuck must not keep the others from being tried. */
export async function settle(work: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
