import { expect, test } from '@jest/globals';
import { openBoard } from '../../../harness/cli/demo/board.js';
import { statusAfter, WAITING } from '../../../harness/cli/demo/follow.js';
import { demoTable } from '../../../harness/cli/demo/table.js';
import type { StoredEvent } from '../../../harness/store/types.js';
import { graded } from '../../integration/support/records.js';

function screen(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, write: (text: string) => void written.push(text), written };
}

test('on a terminal the lines change in place', () => {
  const terminal = screen(true);
  const board = openBoard(['a', 'bb'], terminal);
  board.update('a', 'boot');
  board.update('a', 'boot');
  expect(terminal.written).toEqual([
    '  a   sent\n  bb  sent\n',
    '\x1b[2A\r  a   boot\x1b[K\n\r  bb  sent\x1b[K\n',
  ]);
});

test('elsewhere each change is a line', () => {
  const file = screen(false);
  const board = openBoard(['a', 'bb'], file);
  board.update('bb', 'boot');
  expect(file.written).toEqual(['  bb  boot\n']);
});

test('the status of a run follows its events', () => {
  const check = { type: 'checkFinished', checkId: 'x', outcome: 'pass', message: '' } as const;
  const events: StoredEvent[] = [
    { type: 'started', attempt: 2, worker: 'w' },
    { type: 'stageStarted', stage: 'correctness' },
    ...Array.from({ length: 6 }, () => check),
    { type: 'finished', state: 'done', score: 61.25, verdict: null },
  ];
  const texts = [];
  let status = WAITING;
  for (const event of events) texts.push((status = statusAfter(status, event)).text);
  expect([...new Set(texts)]).toEqual([
    'started, attempt 2',
    'correctness',
    'correctness, 5 checks',
    'done, score 61.3',
  ]);
});

test('the table shows score, topics with their level, and time', () => {
  const { scorecard } = graded({ score: 80 });
  const topic = { id: 'T1', name: 'Events', score: 75, level: 'mid', reason: '' } as const;
  const card = { ...scorecard, topics: [topic] };
  const rows = [
    { name: 'mid', card, seconds: 61.7 },
    { name: 'none', card: { ...card, overall: { ...card.overall, score: null } }, seconds: 2 },
  ];
  expect(demoTable(rows).split('\n')).toEqual([
    '  sample  score  T1        time',
    '  mid     80.0   75.0 mid  62 s',
    '  none    -      75.0 mid  2 s',
    '',
  ]);
});
