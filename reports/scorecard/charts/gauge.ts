import { arc } from 'd3-shape';

/** A ring of 160 units: how far the score goes, and the stretch in which it might lie. */
export interface Gauge {
  readonly track: string;
  readonly value: string | null;
  /** Null when the score is certain. */
  readonly range: string | null;
}

const RADIUS = 72;
const WIDTH = 11;
/** The ring is open at the bottom: from 7 to 5 o'clock. */
const FROM = -0.8 * Math.PI;
const TO = 0.8 * Math.PI;

/** @param score 0 to 100, or null for an empty ring. */
export function gauge(score: number | null, range: { low: number; high: number } | null): Gauge {
  const certain = range === null || range.low === range.high;
  return {
    track: ring(0, 100),
    value: score ? ring(0, score) : null,
    range: certain ? null : ring(range.low, range.high, RADIUS + 6, 3),
  };
}

function ring(from: number, to: number, outer = RADIUS, width = WIDTH): string {
  const angle = (score: number) => FROM + (score / 100) * (TO - FROM);
  const path = arc<null>()
    .innerRadius(outer - width)
    .outerRadius(outer)
    .cornerRadius(width / 2)
    .startAngle(angle(from))
    .endAngle(angle(to));
  return rounded(path(null) ?? '');
}

function rounded(path: string): string {
  return path.replace(/-?\d+\.\d+/g, (number) => String(Number(Number(number).toFixed(2))));
}
