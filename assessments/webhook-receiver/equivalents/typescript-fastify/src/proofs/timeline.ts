type Entry<T> = { readonly position: number; value: T };

export type PageRequest<T> = {
  contributor: string | undefined;
  /** Only what arrived before this position; undefined starts at the newest. */
  before: number | undefined;
  limit: number;
  matches?: (value: T) => boolean;
};

export type Page<T> = {
  items: T[];
  /** Where the next page goes on; null on the last one. */ next: number | null;
};

/**
 * Values in order of arrival. A position is given once and never changes, which keeps pages stable
 * while new values arrive.
 */
export class Timeline<T extends { id: string; contributor: string }> {
  readonly #entries: Entry<T>[] = [];
  readonly #byId = new Map<string, Entry<T>>();
  readonly #byContributor = new Map<string, Entry<T>[]>();

  get(id: string): T | undefined {
    return this.#byId.get(id)?.value;
  }

  add(value: T): void {
    const entry = { position: this.#entries.length, value };
    this.#entries.push(entry);
    this.#byId.set(value.id, entry);
    const own = this.#byContributor.get(value.contributor);
    if (own) own.push(entry);
    else this.#byContributor.set(value.contributor, [entry]);
  }

  replace(value: T): void {
    const entry = this.#byId.get(value.id);
    if (entry) entry.value = value;
  }

  values(): T[] {
    return this.#entries.map((entry) => entry.value);
  }

  page({ contributor, before, limit, matches = () => true }: PageRequest<T>): Page<T> {
    const entries = contributor === undefined ? this.#entries : (this.#byContributor.get(contributor) ?? []);
    const found: Entry<T>[] = [];
    for (let index = countBefore(entries, before) - 1; index >= 0; index--) {
      const entry = entries[index]!;
      if (!matches(entry.value)) continue;
      if (found.length === limit)
        return { items: found.map(({ value }) => value), next: found.at(-1)!.position };
      found.push(entry);
    }
    return { items: found.map(({ value }) => value), next: null };
  }
}

/** How many of the entries, which are sorted by position, stand before the given one. */
function countBefore(entries: Entry<unknown>[], position: number | undefined): number {
  if (position === undefined) return entries.length;
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (entries[middle]!.position < position) low = middle + 1;
    else high = middle;
  }
  return low;
}
