import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import { scoreText } from './follow.js';

export interface DemoRow {
  readonly name: string;
  readonly card: Scorecard;
  readonly seconds: number;
}

/** Score, then level and score for each topic, then the time: one line for each sample. */
export function demoTable(rows: readonly DemoRow[]): string {
  const topics = rows[0]?.card.topics.map(({ id }) => id) ?? [];
  const head = ['sample', 'score', ...topics, 'time'];
  const body = rows.map(({ name, card, seconds }) => [
    name,
    scoreText(card.overall.score),
    ...topics.map((id) => {
      const topic = card.topics.find((one) => one.id === id);
      return topic ? `${scoreText(topic.score)} ${topic.level ?? ''}`.trim() : '-';
    }),
    `${seconds.toFixed(0)} s`,
  ]);
  const all = [head, ...body];
  const widths = head.map((_, column) => Math.max(...all.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
  return [line(head), ...body.map(line), ''].join('\n');
}
