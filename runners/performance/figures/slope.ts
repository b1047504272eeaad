/** The typical rise of y over x: the median of the slopes between all pairs of points (Theil and Sen), which single leaps do not move. */
export function slope(points: readonly { readonly x: number; readonly y: number }[]): number {
  const slopes = points.flatMap((a, index) =>
    points.slice(index + 1).flatMap((b) => (b.x === a.x ? [] : [(b.y - a.y) / (b.x - a.x)])),
  );
  slopes.sort((a, b) => a - b);
  return slopes[Math.floor(slopes.length / 2)] ?? 0;
}
