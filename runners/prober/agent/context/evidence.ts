import type { Evidence } from '../../../../assessments/kit/index.js';
import type { Mask } from '../../mask.js';

/** A check may make thousands of requests: the first and the last tell the story. */
const FIRST_EXCHANGES = 4;
const LAST_EXCHANGES = 8;
const MAX_OTHERS = 20;
const MAX_LINES = 50;
const MAX_CALLS = 30;

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
      return [...kept, ...gap, ...last].sort((a, b) => a.order - b.order).map(({ evidence }) => evidence);
    },
  };
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
      return { ...evidence, value: Number.isFinite(evidence.value) ? evidence.value : -1 };
    case 'note':
      return { ...evidence, text: mask.text(evidence.text, 2000) };
  }
}
