import { describe, expect, test } from '@jest/globals';
import type { SubmissionArchive } from '../../../assessments/kit/index.js';
import { findingSchema } from '../../../assessments/kit/schema/finding.js';
import { findInSource, type SourceCheck } from '../../../harness/pipeline/source.js';

const check: SourceCheck = {
  id: 'constant-time',
  title: 'The signature is compared in constant time',
  topic: 'T1',
  practice: '1.2',
  level: 'mid',
  dimension: 'security',
  points: 1,
  why: 'Because.',
  remedy: 'Do it.',
  questions: [],
  file: 'checks/signature.check.cjs',
  sought: { what: 'a comparison in constant time', calls: ['timingSafeEqual'], packages: ['tsscmp'] },
};

function archiveOf(files: Readonly<Record<string, string>>): SubmissionArchive {
  return {
    digest: '',
    bytes: 0,
    paths: Object.keys(files).sort(),
    open: () => {
      throw new Error('nothing is unpacked to look into the source');
    },
    read: async (path, maxBytes) => {
      const text = files[path] ?? '';
      if (text.length > maxBytes) throw Object.assign(new Error('too large'), { code: 'EFBIG' });
      return Buffer.from(text);
    },
  };
}

async function lookInto(files: Readonly<Record<string, string>>) {
  const [finding] = await findInSource(archiveOf(files), [check]);
  return findingSchema.parse(finding);
}

const USE = 'if (!timingSafeEqual(a, b)) throw new Error();';

describe('a check of the source', () => {
  test('passes with the place as its evidence', async () => {
    const { outcome, observed, evidence } = await lookInto({ 'a.js': 'start();', 'src/b.ts': `\n${USE}` });
    expect(outcome).toBe('pass');
    expect(observed).toBe('timingSafeEqual in src/b.ts, line 2');
    expect(evidence).toEqual([{ kind: 'source', file: 'src/b.ts', line: 2, snippet: `\n${USE}` }]);
  });

  test('fails where there is none, and says what was looked for and where', async () => {
    const finding = await lookInto({ 'a.js': 'a === b', 'README.md': USE, 'node_modules/x/i.js': USE });
    expect(finding).toMatchObject({
      outcome: 'fail',
      message: expect.stringContaining(
        'Not found in the source, by any name that we know: a comparison in constant time.',
      ),
      expected: 'a comparison in constant time, by one of: timingSafeEqual(), tsscmp',
      observed: 'none in 1 source file, tests left out',
    });
  });

  test.each(['test/a.js', 'src/a.test.ts', 'src/__tests__/a.js', 'packages/x/spec/a.js'])(
    'takes no notice of tests (%s)',
    async (path) => {
      expect((await lookInto({ [path]: USE, 'src/test-data.js': 'a' })).outcome).toBe('fail');
    },
  );

  test('says that it cannot tell where files are too large or generated', async () => {
    const { outcome, message } = await lookInto({
      'src/all.js': 'x'.repeat(300_000),
      'src/b.js': 'a();'.repeat(999),
    });
    expect(outcome).toBe('inconclusive');
    expect(message).toContain('2 of its files');
    expect(message).toContain('src/all.js, src/b.js');
  });

  test('is shown without what a terminal or a page would obey', async () => {
    const { evidence } = await lookInto({ 'src/\u001b[31ma.js': `${USE} // \u001b[2J\u202e` });
    expect(JSON.stringify(evidence)).not.toMatch(/\\u001b|\u202e/);
  });
});
