/**
 * Runs `work` while no other process of this machine holds the lock of this name.
 * @throws Error when the lock is not free within `deadlineMs`
 */
export function withLock<T>(name: string, deadlineMs: number, work: () => Promise<T>): Promise<T>;
