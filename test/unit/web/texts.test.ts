import { describe, expect, test } from '@jest/globals';
import { readOpenApi } from '../../../harness/web/assessments/contract.js';
import { lasted, when } from '../../../harness/web/frame/ago.js';
import { article } from '../../../harness/web/frame/markdown.js';
import { listAddress, listQuery } from '../../../harness/web/submissions/query.js';

describe('a brief', () => {
  const html = (text: string): string => String(article(text).body);

  test('leaves its own title to the page, and lists its sections', () => {
    const { body, sections } = article('# Title\n\nWords.\n\n## Two words\n\n### Deeper\n');
    expect(String(body)).not.toContain('Title');
    expect(sections).toEqual([{ id: 'section-two-words', title: 'Two words' }]);
    expect(String(body)).toContain('<h2 id="section-two-words">');
  });

  test('is text where it looks like markup, and links to nothing that runs', () => {
    expect(html('<script>alert(1)</script>')).toContain('&lt;script&gt;');
    expect(html('[x](javascript:alert(1))')).not.toContain('href');
    expect(html('[x](data:text/html,hi)')).not.toContain('href');
    expect(html('[x](https://example.org)')).toContain('href="https://example.org"');
  });

  test('has tables and code that scroll by themselves', () => {
    expect(html('```js\na < b\n```')).toContain('<pre tabindex="0"><code>a &lt; b\n</code></pre>');
    expect(html('    indented\n')).toContain('<pre tabindex="0"><code>indented\n</code></pre>');
    expect(html('| a | b |\n|---|---|\n| 1 | 2 |\n')).toMatch(
      /tabindex="0"><table class="data">[^]*<\/table><\/div>/,
    );
  });
});

describe('a contract', () => {
  test('is shown by its operations', () => {
    const text =
      'info: { title: T, version: 1.0.0 }\npaths:\n  /a/{id}:\n    parameters: []\n    get: { summary: One, responses: { "200": {}, "404": {} } }\n    delete: {}\n';
    expect(readOpenApi(text)).toMatchObject({
      title: 'T',
      operations: [
        { method: 'GET', path: '/a/{id}', summary: 'One', statuses: '200 404' },
        { method: 'DELETE', path: '/a/{id}', summary: '', statuses: '' },
      ],
    });
  });

  test.each(['', 'no document', 'info: 3', '[[['])('is none: %j', (text) => {
    expect(readOpenApi(text)).toBeNull();
  });
});

describe('the address of the list', () => {
  test('keeps what was asked, begins at the first page, and leaves out what is usual', () => {
    const query = listQuery.parse({ q: 'a b', state: '', sort: 'newest', after: 'x' });
    expect(listAddress(query, {})).toBe('/submissions?q=a+b');
    expect(listAddress(query, { state: 'done', after: 'y' })).toBe('/submissions?q=a+b&state=done&after=y');
    expect(listAddress(listQuery.parse({}), {})).toBe('/submissions');
  });
});

describe('times', () => {
  const now = new Date('2026-11-22T12:00:00Z');
  test.each([
    [3, 'just now'],
    [42, '42 s ago'],
    [3 * 60, '3 min ago'],
    [5 * 3600, '5 h ago'],
    [86_400, '1 day ago'],
    [40 * 86_400, '13 Oct 2026'],
  ])('%d seconds ago: %s', (seconds, words) => {
    const shown = when(new Date(now.getTime() - seconds * 1000), now);
    expect(shown.ago).toBe(words);
    expect(shown.exact).toMatch(/UTC$/);
  });

  test('durations are short', () => {
    expect([8000, 240_000, 12_000_000].map(lasted)).toEqual(['8 s', '4 min', '3 h 20 min']);
  });
});
