import { oneLine } from '../../../reports/text/visible.js';
import { levelWord, plural } from '../../../reports/text/words.js';
import type { Difference } from '../../review/regrade/difference.js';

/** By how many points the total has changed; empty where it is not known. */
export function totalChange(difference: Difference | null): string {
  if (difference?.before == null || difference.after === null) return '';
  return signed(difference.after - difference.before) || 'same';
}

/** Empty for what rounds to nothing. */
const signed = (value: number): string =>
  Math.abs(value) < 0.05 ? '' : `${value > 0 ? '+' : '−'}${Math.abs(value).toFixed(1)}`;

/** A sentence for each check that ended otherwise or weighs something else, largest effect first, for levels and for the policy. */
export function changesOf({ causes, levels, policyChanged }: Difference, mostChecks = Infinity): string[] {
  const named = causes.slice(0, mostChecks).map(({ title, before, after, effect }) => {
    const change = signed(effect);
    return `${oneLine(title, 90)}: ${before}, now ${after}${change && ` (${change})`}`;
  });
  const further = causes.length - named.length;
  return [
    ...named,
    ...(further > 0 ? [plural(further, 'further check')] : []),
    ...levels.map(({ topic, before, after }) => `${topic}: ${levelWord(before)}, now ${levelWord(after)}`),
    ...(policyChanged ? ['Weights or bars have changed'] : []),
  ];
}
