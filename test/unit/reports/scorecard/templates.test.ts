import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';

const folder = 'reports/scorecard/templates/';
const templates = readdirSync(folder).map(
  (file) => [file, readFileSync(`${folder}${file}`, 'utf8')] as const,
);

/** Rules that make the templates safe whatever the view holds; a rule is a pattern that must not occur. */
const NEVER: readonly (readonly [string, RegExp])[] = [
  ['unescaped output', /\{\{\{|\{\{&/],
  ['inline style', /\sstyle=/],
  ['an event handler', /\son[a-z]+=/i],
  ['an attribute without double quotes', /=\s*(?:'|\{\{|[a-z0-9#])/i],
  ['a link that leaves the page', /\b(?:href|src|action|srcset|data|formaction)="(?!#)/],
  ['an element that loads or embeds', /<(?:img|iframe|object|embed|link|base|video|audio|foreignObject)\b/i],
];

describe.each(templates)('%s', (_file, text) => {
  test.each(NEVER)('has no %s', (_name, pattern) => {
    // Names of values inside mustaches are no attributes.
    const markup = text.replace(/data-[a-z]+="/g, 'data="#').replace(/name="viewport" content="[^"]*"/, '');
    expect(markup.match(pattern)?.[0]).toBeUndefined();
  });
});

test('styles and script cannot end their element', () => {
  const own = ['styles', 'client'].flatMap((name) =>
    readdirSync(`reports/scorecard/${name}/`).map((file) =>
      readFileSync(`reports/scorecard/${name}/${file}`, 'utf8'),
    ),
  );
  expect(own.length).toBeGreaterThan(5);
  for (const text of own) expect(text).not.toMatch(/<\/|<!--|@import|url\(/);
});
