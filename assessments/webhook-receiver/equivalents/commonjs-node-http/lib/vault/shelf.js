'use strict';

/**
 * Things in order of arrival, each with an `id`, a `contributor`, and the `seq` under which it was put there. A seq
 * never changes, so pages that are cut by it are stable while more arrives.
 */
class Shelf {
  #all = [];
  #byId = new Map();
  #byContributor = new Map();

  /** Things must come with rising seq. */
  put(seq, thing) {
    const slot = { seq, thing };
    this.#all.push(slot);
    this.#byId.set(thing.id, slot);
    const own = this.#byContributor.get(thing.contributor) ?? [];
    if (own.push(slot) === 1) this.#byContributor.set(thing.contributor, own);
  }

  exchange(thing) {
    this.#byId.get(thing.id).thing = thing;
  }

  get(id) {
    return this.#byId.get(id)?.thing;
  }

  /** Newest first: `{ items, last }`, where `last` is the seq to go on `before`, or null if nothing is left. */
  page({ contributor, before = Infinity, limit, accepts = () => true }) {
    const slots = contributor === undefined ? this.#all : (this.#byContributor.get(contributor) ?? []);
    const page = [];
    for (let i = slots.findLastIndex(({ seq }) => seq < before); i >= 0 && page.length <= limit; i--) {
      if (accepts(slots[i].thing)) page.push(slots[i]);
    }
    const isLast = page.length <= limit;
    if (!isLast) page.pop();
    return { items: page.map(({ thing }) => thing), last: isLast ? null : page.at(-1).seq };
  }
}

module.exports = { Shelf };
