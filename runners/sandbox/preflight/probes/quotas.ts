import { TMP_MB, VOLUMES } from '../lab.js';
import { look } from '../types.js';

const MIB = 1024 ** 2;

const OPEN = `
const fs = require('node:fs');
const held = [];
let error = null;
while (!error && held.length < input) try { held.push(fs.openSync('/dev/null')); } catch (e) { error = e.code; }
held.forEach((file) => fs.closeSync(file));
return { held: held.length, error };
`;

export const openFiles = look<{ held: number; error: string | null }>(
  'open-files',
  'The number of open files is limited',
  { script: OPEN, input: 10_000 },
  ({ held, error }) => ({
    holds: error === 'EMFILE',
    detail: `${held} opened, then ${error ?? 'no refusal'}`,
  }),
);

/** Fills a folder with files of the size given until it is refused, and clears it. */
const FILL = `
const fs = require('node:fs');
const block = Buffer.alloc(input.blockBytes, 1);
const path = (index) => input.folder + '/fill' + index;
let files = 0, error = null;
while (!error && files < 1000) try { fs.writeFileSync(path(files), block); files++; } catch (e) { error = e.code; }
for (let index = 0; index <= files; index++) fs.rmSync(path(index), { force: true });
return { bytes: files * block.length, files, error };
`;

const quota = (
  id: string,
  title: string,
  folder: string,
  blockBytes: number,
  most: { mb: number; files: number },
) =>
  look<{ bytes: number; files: number; error: string | null }>(
    id,
    title,
    { script: FILL, input: { folder, blockBytes } },
    ({ bytes, files, error }) => ({
      holds: error === 'ENOSPC' && bytes <= most.mb * MIB && files <= most.files,
      detail: `${files} files with ${bytes} bytes written, then ${error ?? 'no refusal'}`,
    }),
  );

const { bytes, files } = VOLUMES;
const BLOCK = 64 * 1024;

export const volumeBytes = quota('volume-bytes', 'Volumes hold no more bytes than given', '/bytes', BLOCK, {
  mb: bytes.sizeMb,
  files: bytes.inodes,
});
export const volumeFiles = quota('volume-files', 'Volumes hold no more files than given', '/files', 1, {
  mb: files.sizeMb,
  files: files.inodes,
});
export const tmpQuota = quota('tmp', 'Scratch space is limited', '/tmp', BLOCK, { mb: TMP_MB, files: 1000 });
