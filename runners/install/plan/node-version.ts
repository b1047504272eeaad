import semver from 'semver';
import { shortText } from '../../../assessments/kit/index.js';
import { NODE_MAJORS, type NodeMajor } from '../../sandbox/image.js';
import type { Note } from '../types.js';

export const DEFAULT_NODE: NodeMajor = 22;
const OLDEST = Math.min(...NODE_MAJORS);
const NEWEST = Math.max(...NODE_MAJORS);

/** Names of release lines as nvm knows them. */
const LINES: Readonly<Record<string, string>> = {
  'lts/*': '>=24',
  'lts/krypton': '24',
  'lts/jod': '22',
  'lts/iron': '20',
  'lts/hydrogen': '18',
  node: '>=24',
  stable: '>=24',
  latest: '>=24',
};

/** Where a submission says which Node it wants, and what it says. */
export interface NodeWish {
  readonly from: string;
  readonly text: string;
}

/** A longer text is no version. */
const MAX_WISH = 200;

/** The Node to run, by the first wish that can be read. Prefers the default, then the newest that fits. */
export function chooseNode(wishes: readonly NodeWish[]): { major: NodeMajor; note: Note | null } {
  for (const { from, text } of wishes) {
    if (text.length > MAX_WISH) continue;
    const range = semver.validRange(LINES[text.trim().toLowerCase()] ?? text.trim());
    if (range === null) continue;
    const fitting = NODE_MAJORS.filter((major) => semver.intersects(range, `${major}.x`));
    if (fitting.includes(DEFAULT_NODE)) return { major: DEFAULT_NODE, note: null };
    const best = fitting.at(-1);
    if (best !== undefined) return { major: best, note: null };
    const major = nearest(range);
    const message = `${from} asks for Node ${shortText(text, 40)}, which is not offered; Node ${major} was used.`;
    return { major, note: { code: 'nodeNotOffered', message } };
  }
  return { major: DEFAULT_NODE, note: null };
}

function nearest(range: string): NodeMajor {
  const lowest = semver.minVersion(range)?.major ?? DEFAULT_NODE;
  const wanted = lowest < OLDEST ? OLDEST : lowest > NEWEST ? NEWEST : DEFAULT_NODE;
  return NODE_MAJORS.find((major) => major === wanted) ?? DEFAULT_NODE;
}
