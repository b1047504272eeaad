import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generate } from '../runner/material.js';

const DEPTH = 30_000;
const nested = (open: string, close: string): string => `${open.repeat(DEPTH)}1${close.repeat(DEPTH)}`;

const generate: Generate = ({ dir }) => {
  const fields = [
    '"name":"notes","version":"1.0.0","scripts":{"start":"node server.js"},"dependencies":{"ms":"2.1.3"}',
    `"overrides":${nested('{"a":', '}')}`,
    `"peerDependenciesMeta":${nested('[', ']')}`,
    `"pnpm":{"overrides":${nested('[', ']')}}`,
    `"workspaces":${nested('[', ']')}`,
  ];
  writeFileSync(join(dir, 'package.json'), `{${fields.join(',')}}`);
};

export default generate;
