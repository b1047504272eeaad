import {
  cleanText,
  shortText,
  type DeclaredCheck,
  type Finding,
  type Sought,
  type SubmissionArchive,
} from '../../assessments/kit/index.js';
import { readCode } from '../source/read.js';
import { seek, type Search } from '../source/seek.js';

/** A check that is answered by the source alone. */
export type SourceCheck = DeclaredCheck & { readonly sought: Sought };

export const isOfSource = (check: DeclaredCheck): check is SourceCheck => check.sought !== undefined;

const OF_TESTS = /(^|\/)(?:tests?|__tests__|specs?|e2e)\/|\.(?:test|spec)\.[cm]?[jt]sx?$/;
const MAX_LISTED = 3;
const MAX_SNIPPET = 1500;

/** What the submission's own code shows; its tests show nothing. Read as it was handed in, not as the running service left it. */
export async function findInSource(
  archive: SubmissionArchive,
  checks: readonly SourceCheck[],
): Promise<Finding[]> {
  if (checks.length === 0) return [];
  const { files, unread } = await readCode(archive, (path) => !OF_TESTS.test(path));
  return checks.map((check) => {
    const began = performance.now();
    const { sighting, unreadable } = seek(files, check.sought);
    const search = { sighting, unreadable: [...unread, ...unreadable] };
    return { ...judge(check, search, files.length), durationMs: performance.now() - began };
  });
}

type Judged = Omit<Finding, 'durationMs'>;

function judge({ id: checkId, sought }: SourceCheck, { sighting, unreadable }: Search, read: number): Judged {
  const expected = `${sought.what}, by one of: ${namesOf(sought).join(', ')}`;
  if (sighting) {
    const place = shortText(sighting.path, 160);
    return {
      checkId,
      outcome: 'pass',
      fraction: 1,
      message: `The source has ${sought.what}.`,
      expected,
      observed: `${sighting.name} in ${place}, line ${sighting.line}`,
      evidence: [
        {
          kind: 'source',
          file: place,
          line: sighting.line,
          snippet: cleanText(sighting.snippet.slice(0, MAX_SNIPPET)),
        },
      ],
    };
  }
  const looked = { checkId, expected, evidence: [] };
  if (unreadable.length > 0) {
    const listed = unreadable.slice(0, MAX_LISTED).map((path) => shortText(path, 100));
    return {
      ...looked,
      outcome: 'inconclusive',
      fraction: null,
      message: `Whether the source has ${sought.what} cannot be told: ${unreadable.length} of its files are generated or too large to read, such as ${listed.join(', ')}.`,
      observed: null,
    };
  }
  return {
    ...looked,
    outcome: 'fail',
    fraction: 0,
    message: `Not found in the source, by any name that we know: ${sought.what}. If there is one of another name, say so: the team can correct this.`,
    observed: `none in ${read} source ${read === 1 ? 'file' : 'files'}, tests left out`,
  };
}

const namesOf = ({ calls, packages = [] }: Sought): readonly string[] => [
  ...calls.map((name) => `${name}()`),
  ...packages,
];
