import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpusDir } from '../runner/corpus.js';
import type { Generate } from '../runner/material.js';
import { tar } from '../runner/tar.js';

const SETUID = 0o6755;

const generate: Generate = ({ dir }) => {
  const from = (folder: string) =>
    readdirSync(join(corpusDir, folder)).map((name) => ({
      name,
      body: readFileSync(join(corpusDir, folder, name)),
    }));
  const own = from('setuid-entry/submission');
  const base = from('base').filter(({ name }) => !own.some((file) => file.name === name));
  const tool = { name: 'tool.sh', body: '#!/bin/sh\nid\n', mode: SETUID };
  writeFileSync(join(dir, 'setuid.tar'), tar([...base, ...own, tool]));
};

export default generate;
