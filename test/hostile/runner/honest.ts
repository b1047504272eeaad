import { join } from 'node:path';
import { corpusDir } from './corpus.js';
import type { Stage } from './fixture.js';
import { gradeOne } from './grade.js';
import { leftovers } from './leftovers.js';
import type { Honest } from './neighbour.js';

/** Grades the plain solution of the corpus, each time as a new run. */
export function honestRuns(stage: Stage): () => Promise<Honest> {
  let count = 0;
  return async () => {
    const run = `hostile-neighbour-${count++}`;
    const { card } = await gradeOne(
      {
        run,
        pack: await stage.packs.pack(),
        material: {
          label: 'the neighbour',
          source: { kind: 'directory', path: join(corpusDir, 'base') },
          allowLocal: true,
        },
        candidate: null,
        load: false,
        blobsDir: join(stage.world.scratch, 'neighbour'),
      },
      stage.deps,
      // One of its own, so that nothing gathers on the signal of the whole run.
      AbortSignal.any([stage.signal]),
    );
    const lost = card.checks.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'notApplicable');
    const why = lost.map(({ id, message }) => `${id} (${message})`).join('; ');
    return { score: card.overall.score, why: card.verdict?.message ?? why, leftovers: await leftovers(run) };
  };
}
