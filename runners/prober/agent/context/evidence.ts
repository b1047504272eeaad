import type { Evidence } from '../../../../assessments/kit/index.js';
import type { Mask } from '../../mask.js';

/** A check may make thousands of requests: the first and the last tell the story. */
const FIRST_EXCHANGES = 4;
const LAST_EXCHANGES = 8;
const MAX_OTHERS = 20;
const MAX_LINES = 50;
const MAX_CALLS = 30;
/** All evidence of one check as JSON: thrice what is usual. A service must not be able to make it too long to report or to keep. */
const MAX_CHARS = 128 * 1024;

/** Collects what a check saw, capped and masked. */
export interface EvidenceLog {
  cite(evidence: Evidence): void;
  /** In order; what was left out is said where it was. */
  all(): readonly Evidence[];
}

export function createEvidenceLog(mask: Mask): EvidenceLog {
  const kept: { order: number; evidence: Evidence }[] = [];
  const last: { order: number; evidence: Evidence }[] = [];
  let count = 0;
  let exchanges = 0;
  let others = 0;
  return {
    cite(evidence) {
      const entry = { order: count++, evidence: trim(evidence, mask) };
      if (evidence.kind !== 'http') {
        if (others++ < MAX_OTHERS) kept.push(entry);
      } else if (exchanges++ < FIRST_EXCHANGES) {
        kept.push(entry);
      } else {
        last.push(entry);
        if (last.length > LAST_EXCHANGES) last.shift();
      }
    },
    all() {
      const left = exchanges - FIRST_EXCHANGES - last.length;
      const gap: typeof kept = left > 0 ? [{ order: last[0]?.order ?? 0, evidence: leftOut(left) }] : [];
      const inOrder = [...kept, ...gap, ...last].sort((a, b) => a.order - b.order);
      return withinBudget(inOrder.map(({ evidence }) => evidence));
    },
  };
}

/** The newest are kept, since what a check ends on explains it. */
function withinBudget(evidence: readonly Evidence[]): readonly Evidence[] {
  let chars = 0;
  const first = evidence.findLastIndex((one) => (chars += JSON.stringify(one).length) > MAX_CHARS) + 1;
  if (first === 0) return evidence;
  return [
    { kind: 'note', text: `${first} earlier pieces of evidence are too large to keep.` },
    ...evidence.slice(first),
  ];
}

const leftOut = (count: number): Evidence => ({
  kind: 'note',
  text: `${count} further exchanges are left out here.`,
});

/** Exchanges come masked and capped from the client; everything else a check cites goes through here. */
function trim(evidence: Evidence, mask: Mask): Evidence {
  switch (evidence.kind) {
    case 'http':
    case 'source':
      return evidence;
    case 'upstream':
      return {
        ...evidence,
        calls: evidence.calls.slice(0, MAX_CALLS).map((call) => ({
          ...call,
          path: mask.text(call.path, 500),
          headers: mask.headers(call.headers),
          body: mask.text(call.body, 1024),
        })),
      };
    case 'log':
      return { ...evidence, lines: evidence.lines.slice(-MAX_LINES).map((line) => mask.text(line, 500)) };
    case 'measure':
      return Number.isFinite(evidence.value)
        ? evidence
        : { kind: 'note', text: `${evidence.name}: could not be measured (${evidence.value})` };
    case 'note':
      return { ...evidence, text: mask.text(evidence.text, 2000) };
  }
}
