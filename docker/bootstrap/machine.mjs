import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One sentence on why this machine cannot run Assayer at all, or null.
 * @param {string} root
 * @returns {string | null}
 */
export function unsuitable(root) {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const least = engines.node.replace('>=', '');
  if (isOlder(process.versions.node, least)) {
    return `Assayer needs Node ${least} or newer, and this is ${process.versions.node}: install a newer Node and try again.`;
  }
  if (process.platform !== 'linux') {
    return `Assayer runs on Linux, and this is ${process.platform}: use a Linux machine or a virtual one.`;
  }
  return null;
}

function isOlder(version, least) {
  const [a, b] = [version, least].map((text) => text.split('.').map(Number));
  const at = [0, 1, 2].find((index) => (a[index] ?? 0) !== (b[index] ?? 0));
  return at !== undefined && (a[at] ?? 0) < (b[at] ?? 0);
}
