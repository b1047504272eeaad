import { z } from 'zod';
import { SCORECARD_SCHEMA_VERSION, scorecardSchema } from '../../assessments/kit/schema/scorecard.js';

/** The JSON Schema (draft 2020-12) of `scorecard.json`, as published in `scorecard.schema.json` beside this file. */
export function scorecardJsonSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(scorecardSchema);
  const published = {
    $schema,
    $id: `urn:assayer:scorecard:${SCORECARD_SCHEMA_VERSION}`,
    title: 'Assayer scorecard',
    ...schema,
  };
  return `${JSON.stringify(published, null, 2)}\n`;
}
