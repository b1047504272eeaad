/** Lets runs in: any number side by side, or a single one alone. */
export interface Company {
  /** Waits until `work` may begin. Who wants to be alone waits for all others to end, and later ones wait for it. */
  enter<T>(alone: boolean, work: () => Promise<T>): Promise<T>;
}

export function openCompany(): Company {
  let present: Promise<unknown>[] = [];
  let last: Promise<unknown> = Promise.resolve();

  return {
    enter(alone, work) {
      // Those before it, when it wants to be alone; else the last one that did.
      const before = alone ? Promise.allSettled(present) : last;
      const done = before.then(work);
      const ended = done.catch(() => undefined);
      if (alone) {
        last = ended;
        present = [ended];
      } else {
        present = [...present, ended];
      }
      void ended.then(() => (present = present.filter((one) => one !== ended)));
      return done;
    },
  };
}
