import { z } from 'zod';

/** First entry of a backup; the rest is `tables/<name>/<number>.json`, arrays of rows, and `blobs/<path>`. */
export const manifestSchema = z.strictObject({
  format: z.literal('assayer-backup/1'),
  version: z.string(),
  /** The database that it was made of was at this migration. */
  migration: z.string(),
  /** ISO 8601, UTC. */
  madeAt: z.string(),
  /** In the order in which they are filled. */
  tables: z.array(z.string()),
});

export type Manifest = z.output<typeof manifestSchema>;
