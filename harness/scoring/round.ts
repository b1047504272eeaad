/** Half up at that many decimals, with the noise of binary fractions (66.64999999999999) taken out first. */
export function round(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(Number((value * scale).toFixed(6))) / scale;
}
