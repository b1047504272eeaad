import { z } from 'zod';
import { DIMENSIONS, OUTCOMES, STAGES, STATUSES, VERDICT_CODES, type VerdictCode } from 'assayer/kit';
import { isMeasure } from './measure.js';

/** The shape of `expected.json`: what a fixture is, how it is handed in, and what must become of it. */

/** Numbered lines of the threat list that the corpus answers for. */
export const FIRST_LINE = 1;
export const LAST_LINE = 59;

/** The forms in which people read a scorecard. */
export const REPORTS = ['html', 'markdown', 'junit', 'csv', 'terminal'] as const;

const verdictCode = z.enum(Object.keys(VERDICT_CODES) as [VerdictCode, ...VerdictCode[]]);
const oneOrMore = <T extends z.ZodType>(value: T) => z.union([value, z.array(value).min(2)]);
const measure = z.string().refine(isMeasure, 'must be a number, `>0`, `>=90`, `<5`, `<=20` or `10..30`');
const regularExpression = z.string().refine(compiles, 'must be a regular expression');

const about = {
  /** What it does or tries, in one sentence. */
  title: z.string().min(15),
  /** Lines of the threat list that it stands for. */
  lines: z.array(z.int().min(FIRST_LINE).max(LAST_LINE)).min(1),
  /**
   * `hostile` means harm or tries to cheat. `broken` is honest work with an ordinary mistake. `odd` is right but unusual,
   * and must lose nothing for it.
   */
  nature: z.enum(['hostile', 'broken', 'odd']),
};

/** How it is handed in. A fixture's `generate.ts`, where there is one, runs last and may change everything. */
const submit = z.discriminatedUnion('as', [
  /**
   * `submission/` as a folder. With `over` it is laid over another: the plain solution in `base/`, or the reference solution
   * of webhook-receiver.
   */
  z.strictObject({ as: z.literal('directory'), over: z.enum(['base', 'reference']).optional() }),
  /** The same, packed. */
  z.strictObject({ as: z.enum(['zip', 'tar', 'tar.gz']), over: z.enum(['base', 'reference']).optional() }),
  /** Each file that `generate.ts` writes is handed in by itself; all must fare as expected. */
  z.strictObject({ as: z.literal('archives') }),
  /** Each URL is handed in by itself, as a server's API would take it. */
  z.strictObject({ as: z.literal('git'), urls: z.array(z.string()).min(1) }),
]);

const expectation = z.strictObject({
  status: z.enum(STATUSES),
  /** Null: there must be none. A list: any of them, `none` included. */
  verdict: z
    .strictObject({
      code: oneOrMore(z.union([verdictCode, z.literal('none')])),
      stage: oneOrMore(z.enum(STAGES)).optional(),
      /** Regular expressions, ignoring case, that message or log tail must match: what a person is told. */
      says: z.array(regularExpression).optional(),
    })
    .nullable(),
  /** The overall score, such as `>=90`; absent where it does not matter. */
  score: measure.optional(),
  /** Some of the checks: an outcome, several, or a measure of the points. */
  checks: z.record(z.string(), z.union([oneOrMore(z.enum(OUTCOMES)), measure])).optional(),
  dimensions: z.partialRecord(z.enum(DIMENSIONS), measure).optional(),
  /** Codes of notes that must be on the scorecard. */
  notes: z.array(z.string()).optional(),
  /** Codes of notes that must not. */
  withoutNotes: z.array(z.string()).optional(),
  /** From hand-in to scorecard. Generous: machines differ. */
  maxSeconds: z.number().positive(),
});

const grading = z.strictObject({
  kind: z.literal('grading'),
  ...about,
  /** A pack beside the fixtures, or one of ours by id. Default `pack`. */
  assessment: z.enum(['pack', 'webhook-receiver']).default('pack'),
  submit,
  /** Shown on the scorecard, as a submitter would give it. */
  candidate: z.string().optional(),
  /** How many times in a row. */
  times: z.int().min(1).max(5).default(1),
  /** Runs the load profiles too. */
  load: z.boolean().default(false),
  expect: expectation,
  /** Regular expressions that a rendered report must not match: text of the candidate that would have come alive there. */
  inert: z.partialRecord(z.enum(REPORTS), z.array(regularExpression)).optional(),
});

/** What a grading cannot show stands in a test, by name. */
const elsewhere = z.strictObject({
  kind: z.literal('elsewhere'),
  ...about,
  /** Each names a test file of this repo and a test in it. */
  coveredBy: z
    .array(z.strictObject({ file: z.string().startsWith('test/'), test: z.string().min(5) }))
    .min(1),
});

export const expectedSchema = z.union([grading, elsewhere]);

export type Expected = z.infer<typeof expectedSchema>;
export type Grading = z.infer<typeof grading>;
export type Expectation = z.infer<typeof expectation>;

function compiles(source: string): boolean {
  try {
    new RegExp(source, 'im');
    return true;
  } catch {
    return false;
  }
}
