import { shortText } from '../../assessments/kit/index.js';
import { unreadable } from './refusal.js';
import type { TreeFile } from './tree-file.js';

const ARCHIVE = /\.(zip|tar|tgz|tar\.(gz|bz2|xz)|7z|rar)$/i;

/** Refuses what cannot have been meant, while whoever sent it is still there and before it costs an attempt. */
export function checkContent(files: readonly TreeFile[]): void {
  const [first] = files;
  if (first === undefined) throw unreadable('The submission holds no files.');
  if (files.every(({ path }) => ARCHIVE.test(path))) {
    throw unreadable(`The submission holds nothing but another archive, "${shortText(first.path)}".`);
  }
}
