/** Records in order of arrival, all and by contributor, each entry with its place in that order. */
export class Shelf {
  #all = [];
  #byContributor = new Map();

  add(record) {
    const entry = { place: this.#all.length, record };
    this.#all.push(entry);
    const own = this.#byContributor.get(record.contributor);
    if (own) own.push(entry);
    else this.#byContributor.set(record.contributor, [entry]);
  }

  /**
   * One page, newest first, of what stands before the place `before`. Later arrivals come after it, so they move nothing.
   * @returns {{records: object[], next: number | null}} `next` is the place to go on from.
   */
  page({ contributor, limit, before = Infinity, matches = () => true }) {
    const list = contributor === undefined ? this.#all : (this.#byContributor.get(contributor) ?? []);
    const found = [];
    for (let i = countBefore(list, before) - 1; i >= 0; i--) {
      if (!matches(list[i].record)) continue;
      if (found.length === limit) return { records: records(found), next: found.at(-1).place };
      found.push(list[i]);
    }
    return { records: records(found), next: null };
  }
}

const records = (entries) => entries.map(({ record }) => record);

/** How many entries have a place under `before`, by halving. */
function countBefore(list, before) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].place < before) low = middle + 1;
    else high = middle;
  }
  return low;
}
