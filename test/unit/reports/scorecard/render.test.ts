import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { toJson } from '../../../../reports/formats/json.js';
import { SCORECARD_POLICY, renderScorecard } from '../../../../reports/scorecard/index.js';
import { goldenScorecard } from '../../../golden/build/scorecard.js';
import { HOSTILE, hostileScorecard } from '../hostile.js';

const card = goldenScorecard();
const html = renderScorecard(card, { audience: 'team' });

describe('the page', () => {
  test('is one file that allows itself nothing but its own style and script', () => {
    const [, style = ''] = /<style>([^]*)<\/style>/.exec(html) ?? [];
    const [, script = ''] = /<script>([^]*)<\/script>/.exec(html) ?? [];
    const source = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    expect(SCORECARD_POLICY).toBe(
      `default-src 'none'; style-src ${source(style)}; script-src ${source(script)}; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    const [, meta = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    expect(meta.replaceAll('&#x27;', "'").replaceAll('&#x3D;', '=')).toBe(SCORECARD_POLICY);
    expect(html).not.toMatch(/(?:src|href)="(?!#)/);
  });

  test('is small, and bounded whatever it is given', () => {
    expect(html.length).toBeLessThan(300_000);
    expect(renderScorecard(hostileScorecard(), { audience: 'team' }).length).toBeLessThan(900_000);
  });

  test('names the hash of its scorecard.json', () => {
    expect(html).toContain(createHash('sha256').update(toJson(card)).digest('hex'));
  });

  test('shows what a reader looks for', () => {
    for (const part of [
      '<h1 id="who">Ada Wren</h1>',
      'The total lies between',
      'Not measured, not the candidate’s doing',
      'curl -i -X POST &quot;$BASE_URL/api/v1/webhooks/github&quot;',
      'id="check-resume-after-crash"',
      'Calls to registry',
      'Share of the total',
      'People decide.',
    ]) {
      expect(html).toContain(part);
    }
  });

  test('tells what holds and what does not before it goes into topics', () => {
    const order = ['who', 'strengths-heading', 'concerns-heading', 'levels-heading', 'checks-heading'];
    const places = order.map((id) => html.indexOf(`id="${id}"`));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('ids are unique and every link has its target', () => {
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    const links = [...html.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(links.filter((target) => !ids.includes(target))).toEqual([]);
  });
});

describe.each(['team', 'candidate'] as const)('hostile text on the page of the %s', (audience) => {
  const hostile = renderScorecard(hostileScorecard(), { audience });

  test('is neither markup nor invisible', () => {
    expect(hostile.match(/<script>/g)).toHaveLength(1);
    expect(hostile).not.toMatch(/<img|<[^>]+\sonerror=|<[^>]+\sonmouseover=|href="javascript/);
    expect(hostile).not.toMatch(/[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  });

  test('is not run as a template', () => {
    expect(hostile).not.toContain('[object');
    if (audience === 'team') expect(hostile).toContain('{{constructor.constructor &quot;return 1&quot;}}');
  });

  test('long lines are cut', () => {
    expect(hostile).not.toContain(HOSTILE.long.slice(0, 5_000));
  });
});
