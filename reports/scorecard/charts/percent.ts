/** Charts are drawn in percent of their box, so that their text keeps its size at any width and nothing needs a style. */
export function percent(share: number): string {
  return `${Number((Math.min(1, Math.max(0, share)) * 100).toFixed(2))}%`;
}
