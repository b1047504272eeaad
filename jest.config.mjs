/** Unit and meta tests need nothing but Node; integration tests need Docker, Redis and PostgreSQL (docker/run.mjs starts them). */
const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
  moduleNameMapper: {
    '^assayer/kit$': '<rootDir>/assessments/kit/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: [
    '<rootDir>/dist/',
    '<rootDir>/.assayer/',
    '/solutions/',
    '/equivalents/',
    '/cheats/',
    '/mutants/',
    '/starter/',
    '/submission/',
  ],
};

const project = (displayName, extra = {}) => ({
  ...common,
  displayName,
  testMatch: [`<rootDir>/test/${displayName}/**/*.test.ts`],
  ...extra,
});

export default {
  projects: [project('unit'), project('meta'), project('integration'), project('e2e')],
};
