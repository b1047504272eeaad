/** Imports go one way: kit <- packs, runners, reports <- docker <- harness. See ARCHITECTURE.md. */
const only = (name, comment, from, forbidden) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: forbidden },
});
const oneFolder = (library, folder) => ({
  name: `${library}-in-one-folder`,
  comment: `${library} is imported in ${folder} alone, so that it can be replaced there`,
  severity: 'error',
  from: { pathNot: `^(${folder}|test/)` },
  to: { path: `node_modules/${library}(/|$)` },
});

module.exports = {
  forbidden: [
    only(
      'kit-is-the-bottom',
      'the kit imports nothing of ours',
      '^assessments/kit/',
      '^(harness|runners|reports|docker|test)/',
    ),
    only(
      'packs-import-the-kit-only',
      'a pack could live in any repo',
      '^assessments/(?!kit/)',
      '^(harness|runners|reports|docker|test)/',
    ),
    only(
      'runners-stand-alone',
      'runners know neither harness, reports nor packs',
      '^runners/',
      '^(harness|reports|assessments/(?!kit/))',
    ),
    only(
      'reports-stand-alone',
      'reports know scorecards only',
      '^reports/',
      '^(harness|runners|docker|assessments/(?!kit/))',
    ),
    only(
      'docker-serves-the-harness',
      'bootstrap and images know the engine only',
      '^docker/',
      '^(harness|reports|assessments/(?!kit/)|runners/(?!sandbox/))',
    ),
    only(
      'nothing-imports-tests',
      'tests are not part of the product',
      '^(assessments|runners|reports|harness|docker)/',
      '^test/',
    ),
    {
      name: 'scoring-and-formats-are-pure',
      comment: 'the same findings give the same scorecard anywhere, at any time',
      severity: 'error',
      from: { path: '^(harness/scoring|reports/formats|harness/verify/judge)' },
      to: { dependencyTypes: ['core'] },
    },
    oneFolder('dockerode', 'runners/sandbox'),
    oneFolder('jest', 'runners/prober'),
    oneFolder('handlebars', '(reports|harness/web)'),
    oneFolder('@opentelemetry', 'harness/tracing'),
    {
      name: 'no-cycles',
      comment: 'types may know each other; code may not',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unknown', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|solutions|equivalents|mutants|cheats|starter|submission)/' },
  },
};
