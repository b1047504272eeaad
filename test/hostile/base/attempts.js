'use strict';

/**
 * Tries what should be impossible, all at once. An attempt that throws, or gives false or nothing, was refused.
 * @param {Record<string, () => unknown>} attempts by what would have been achieved
 * @returns {Promise<string[]>} the ones that worked
 */
exports.attempt = async (attempts) => {
  const tried = Object.entries(attempts).map(async ([what, act]) => {
    try {
      const result = await act();
      return result === false || result === undefined ? [] : [`${what}: ${String(result).slice(0, 200)}`];
    } catch {
      return [];
    }
  });
  return (await Promise.all(tried)).flat();
};
