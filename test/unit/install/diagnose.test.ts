import { describe, expect, test } from '@jest/globals';
import { attemptsFor, managerEnv } from '../../../runners/install/steps/commands.js';
import { failureOf, installVerdict, relevantOutput } from '../../../runners/install/steps/diagnose.js';
import { planOf } from './support.js';

describe('why an install failed', () => {
  test.each([
    [
      'npm error code EUSAGE\nnpm error `npm ci` can only install packages when your package.json and package-lock.json',
      'outOfSync',
    ],
    ['ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with "frozen-lockfile"', 'outOfSync'],
    ['error Your lockfile needs to be updated, but yarn was run with `--frozen-lockfile`.', 'outOfSync'],
    ['npm error code ERESOLVE', 'peerConflict'],
    ['npm error code ETARGET\nnpm error notarget No matching version found for ms@99', 'missing'],
    ['npm error code E404', 'missing'],
    ['ERR_PNPM_FETCH_404  GET http://127.0.0.1:4873/x: Not Found - 404', 'missing'],
    ['error Couldn\'t find any versions for "ms" that matches "99"', 'missing'],
    ['npm error code EINTEGRITY', 'integrity'],
    ['ERR_PNPM_TARBALL_INTEGRITY  Got unexpected checksum', 'integrity'],
    ['error Integrity check failed for "ms"', 'integrity'],
    ['npm error code ENOSPC', 'noSpace'],
    ['ERR_PNPM_LOCKFILE_BREAKING_CHANGE', 'lockfileFormat'],
    ['something else', 'other'],
  ])('%j is %s', (log, failure) => {
    expect(failureOf(log)).toBe(failure);
  });

  test('is told in a sentence that names what is to be done', async () => {
    const plan = await planOf({
      'package.json': { scripts: { start: 'x' }, dependencies: { ms: '99' } },
      'package-lock.json': '{}',
    });
    const said = installVerdict('missing', plan, ['/@s%2fgone'], 'the end');
    expect(said).toMatchObject({ ok: false, verdict: { code: 'installFailed', logTail: 'the end' } });
    if (!said.ok) expect(said.verdict.message).toContain('does not have @s/gone');
    const named = installVerdict(
      'missing',
      plan,
      [],
      'npm error notarget No matching version found for ms@99.0.0.\nx',
    );
    if (!named.ok) expect(named.verdict.message).toContain('does not have ms@99.0.0.');
    const apart = installVerdict('outOfSync', plan, [], '');
    if (!apart.ok)
      expect(apart.verdict.message).toContain(
        'package-lock.json and package.json disagree. Run `npm install`',
      );
  });
});

describe('the ways to install', () => {
  test('begin with the lockfile as it is, and leave it only for what is not the candidate\u2019s doing', () => {
    for (const manager of ['npm', 'pnpm', 'yarn'] as const) {
      const [first, ...others] = attemptsFor(manager, true);
      expect(first).toMatchObject({ withLockfile: true, note: null, after: [] });
      for (const other of others) {
        expect(other.note).not.toBeNull();
        expect(other.after).not.toContain('integrity');
        if (!other.withLockfile) expect(other.after).toEqual(['missing']);
      }
      expect(attemptsFor(manager, false)[0]?.withLockfile).toBe(true);
    }
  });

  test('run no scripts and no git, and know one registry', () => {
    expect(managerEnv(20)).toMatchObject({
      npm_config_ignore_scripts: 'true',
      npm_config_allow_git: 'none',
      npm_config_git: '/bin/false',
      npm_config_replace_registry_host: 'always',
      npm_config_registry: 'http://127.0.0.1:4873/',
      YARN_IGNORE_SCRIPTS: 'true',
    });
  });
});

describe('what is shown of the output', () => {
  test("is without npm's pages of options", () => {
    const log = [
      'npm error code EUSAGE',
      'npm error',
      'npm error Missing: debug@4.4.0 from lock file',
      'npm error',
      'npm error Clean install a project',
      'npm error',
      'npm error Options:',
      'npm error   --omit',
      'npm error Run "npm help ci" for more info',
      'npm error A complete log of this run can be found in: /install/x.log',
    ].join('\n');
    expect(relevantOutput(log)).toBe('npm error code EUSAGE\nnpm error Missing: debug@4.4.0 from lock file');
    expect(relevantOutput('plain\ntext')).toBe('plain\ntext');
  });
});
