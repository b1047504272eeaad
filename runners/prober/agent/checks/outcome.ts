import type { Finding } from '../../../../assessments/kit/index.js';
import { cleanText } from '../../../../assessments/kit/contracts/text.js';
import type { FailureKind } from '../../../../assessments/kit/index.js';

/** How a check came out, before its evidence is added. */
export type Judgement = Pick<Finding, 'outcome' | 'fraction' | 'message' | 'expected' | 'observed'>;

export const passed: Judgement = {
  outcome: 'pass',
  fraction: 1,
  message: 'As it should be.',
  expected: null,
  observed: null,
};

/**
 * What a thrown value says about the service. A pack's bundle carries its own copy of `CheckEnd`, so it is known by its
 * shape. Anything else that a body throws (a TypeError over an odd answer, jest's `expect`) is the service's doing.
 */
export function judge(thrown: unknown, clean: (text: string, max: number) => string): Judgement {
  const message = clean(messageOf(thrown), 1000);
  const end = asCheckEnd(thrown);
  if (!end) return failed(message, ...expectation(thrown, clean));
  const expected = end.details.expected === undefined ? null : clean(end.details.expected, 1000);
  const observed = end.details.observed === undefined ? null : clean(end.details.observed, 1000);
  switch (end.kind) {
    case 'failed':
    case 'service':
      return failed(message, expected, observed);
    case 'harness':
      return { outcome: 'error', fraction: null, message, expected, observed };
    case 'inconclusive':
    case 'notApplicable':
      return { outcome: end.kind, fraction: null, message, expected, observed };
    case 'partial':
      return partial(end.details.fraction, message, expected, observed);
  }
}

const failed = (message: string, expected: string | null, observed: string | null): Judgement => ({
  outcome: 'fail',
  fraction: 0,
  message,
  expected,
  observed,
});

function partial(
  fraction: number | undefined,
  message: string,
  expected: string | null,
  observed: string | null,
): Judgement {
  if (fraction !== undefined && fraction > 0 && fraction < 1) {
    return { outcome: 'partial', fraction, message, expected, observed };
  }
  const wrong = `the check gave a share of ${fraction}, which is not between 0 and 1`;
  return { outcome: 'error', fraction: null, message: wrong, expected, observed };
}

interface End {
  readonly kind: FailureKind;
  readonly details: { readonly expected?: string; readonly observed?: string; readonly fraction?: number };
}

const KINDS: readonly FailureKind[] = [
  'failed',
  'service',
  'harness',
  'inconclusive',
  'notApplicable',
  'partial',
];

function asCheckEnd(thrown: unknown): End | null {
  if (typeof thrown !== 'object' || thrown === null || !('kind' in thrown) || !('details' in thrown))
    return null;
  return KINDS.includes(thrown.kind as FailureKind) ? (thrown as End) : null;
}

function messageOf(thrown: unknown): string {
  const text =
    typeof thrown === 'object' && thrown !== null && 'message' in thrown
      ? String(thrown.message)
      : String(thrown);
  return text.trim() === '' ? 'the check failed without a message' : text;
}

/** jest's `expect` puts both sides into its message, on lines of their own. */
function expectation(
  thrown: unknown,
  clean: (text: string, max: number) => string,
): [string | null, string | null] {
  const text = cleanText(messageOf(thrown));
  const side = (pattern: RegExp): string | null => {
    const value = pattern.exec(text)?.[1];
    return value === undefined ? null : clean(value, 1000);
  };
  return [side(/^\s*Expected[^:\n]*:\s*(.+)$/m), side(/^\s*Received[^:\n]*:\s*(.+)$/m)];
}
