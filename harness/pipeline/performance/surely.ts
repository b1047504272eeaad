/**
 * Measures, and once more when something could not be told; what was measured last stands, unless it tells even less.
 * @param doubts how much of a measurement could not be told
 */
export async function surely<T>(
  measure: () => Promise<T>,
  doubts: (measured: T) => number,
  onAgain: () => void,
): Promise<T> {
  const first = await measure();
  if (doubts(first) === 0) return first;
  onAgain();
  const second = await measure();
  return doubts(second) <= doubts(first) ? second : first;
}
