import { join } from 'node:path';
import { candidateName } from '../../../reports/text/who.js';
import { oneLine, visible } from '../../../reports/text/visible.js';
import { plural } from '../../../reports/text/words.js';
import { ACCESS } from '../../accounts/roles.js';
import type { Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { visibleSubmission } from '../../api/visible.js';
import { AssayerError } from '../../errors.js';
import type { Place } from '../../review/similarity/compare.js';
import { showFragments, type ShownFragment } from '../../review/similarity/index.js';
import type { SubmissionView } from '../../store/submissions.js';
import { SECTIONS } from '../frame/navigation.js';
import { definePage, sendPage } from '../frame/page.js';
import { viewerOf } from '../frame/viewer.js';

interface Side {
  readonly name: string;
  readonly share: string;
}

interface SimilarityView {
  readonly left: Side;
  readonly right: Side;
  readonly fragments: readonly {
    readonly size: string;
    readonly left: { readonly place: string; readonly code: string };
    readonly right: { readonly place: string; readonly code: string };
  }[];
}

const page = definePage<SimilarityView>('similarity', {
  section: 'submissions',
  crumbs: [SECTIONS.submissions],
});

const show = route({
  method: 'get',
  path: '/submissions/:id/similarity/:other',
  summary: 'The passages that two submissions share, side by side',
  access: ACCESS.read,
  pages: true,
  errors: ['submissionUnknown', 'notComparable'],
  async handle(context) {
    const { principal, params, deps, res } = context;
    const one = await visibleSubmission(deps.store, principal, params.id);
    const other = await visibleSubmission(deps.store, principal, params.other);
    const blobsDir = join(deps.config.stateDir, 'blobs');
    const both = [params.id, params.other] as const;
    const likeness = await showFragments({ ...deps, blobsDir }, principal.organisation, both);
    if (!likeness) throw new AssayerError('notComparable', {});
    const view = {
      left: { name: nameOf(one), share: percent(likeness.left) },
      right: { name: nameOf(other), share: percent(likeness.right) },
      fragments: likeness.fragments.map(fragmentRow),
    };
    sendPage(res, page({ title: 'Similar code', viewer: viewerOf(context) }, view));
  },
});

export const similarityPages: readonly Route[] = [show];

const nameOf = ({ submission }: SubmissionView): string =>
  candidateName(submission.candidate, submission.archive_digest);

const percent = (share: number | null): string => (share === null ? '–' : `${Math.round(share * 100)} %`);

const fragmentRow = ({ left, right, texts }: ShownFragment): SimilarityView['fragments'][number] => ({
  size: plural(left.to - left.from + 1, 'line'),
  left: { place: placeWord(left), code: visible(texts.left) },
  right: { place: placeWord(right), code: visible(texts.right) },
});

const placeWord = ({ path, from, to }: Place): string => `${oneLine(path, 120)}:${from}–${to}`;
