'use strict';

/**
 * Turns a slow action on many items into a function that takes one. Items that come while the action runs wait and
 * go into the next run together. The function's promise settles with the run that took its item.
 */
function inBatches(action) {
  let waiting = [];
  let upcoming = null;
  let previous = Promise.resolve();
  return (item) => {
    waiting.push(item);
    if (upcoming === null) {
      upcoming = previous.then(() => {
        const items = waiting;
        waiting = [];
        upcoming = null;
        return action(items);
      });
      previous = upcoming.catch(() => {});
    }
    return upcoming;
  };
}

module.exports = { inBatches };
