import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { takeIn } from '../../../harness/intake/index.js';
import type { GradeDeps } from '../../../harness/pipeline/types.js';
import { corpusDir } from './corpus.js';

/** The corpus's own pack has no solutions: under load, its submissions are compared with the plain one in `base/`. */
export function withPlainReference(deps: GradeDeps, scratch: string): GradeDeps {
  return {
    ...deps,
    async reference(pack, signal) {
      if (existsSync(join(pack.dir, 'solutions'))) return deps.reference(pack, signal);
      const source = { kind: 'directory', path: join(corpusDir, 'base') } as const;
      const taken = await takeIn(source, { blobsDir: join(scratch, 'blobs'), allowLocal: true, signal });
      if (taken.ok) return taken.value;
      throw new Error(taken.verdict.message);
    },
  };
}
