/** Keeps what was asked for last, by key, and has `make` make what it does not have. */
export type LastUsed<T> = (key: string, make: () => Promise<T>) => Promise<T>;

export function lastUsed<T>(most: number): LastUsed<T> {
  const kept = new Map<string, T>();
  return async (key, make) => {
    const value = kept.get(key) ?? (await make());
    // The one asked for now comes last.
    kept.delete(key);
    kept.set(key, value);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return value;
  };
}
