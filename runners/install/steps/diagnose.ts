import { shortText } from '../../../assessments/kit/index.js';
import type { InstallPlan, Outcome } from '../types.js';
import { stopped } from '../verdicts.js';
import type { Failure } from './commands.js';

/** What the managers write when they fail, the surest signs first. */
const SIGNS: readonly (readonly [Exclude<Failure, 'other'>, RegExp])[] = [
  ['noSpace', /ENOSPC|no space left on device/i],
  ['integrity', /EINTEGRITY|ERR_PNPM_TARBALL_INTEGRITY|Integrity check failed/],
  [
    'lockfileFormat',
    /ERR_PNPM_LOCKFILE_(?:CONFIG_MISMATCH|BREAKING_CHANGE)|ERR_PNPM_FROZEN_LOCKFILE_WITH_OUTDATED_LOCKFILE_VERSION|Ignoring not compatible lockfile/,
  ],
  [
    'outOfSync',
    /can only install packages when your package\.json and|ERR_PNPM_OUTDATED_LOCKFILE|Your lockfile needs to be updated/,
  ],
  ['peerConflict', /ERESOLVE/],
  [
    'missing',
    /\bE404\b|ETARGET|ENOVERSIONS|ERR_PNPM_(?:FETCH_404|NO_MATCHING_VERSION)|Couldn't find (?:package|any versions)|Request failed "?404|404 Not Found/,
  ],
];

/** Where npm begins and ends the pages of options that it adds to every misuse. */
const USAGE_START = 'npm error Clean install a project';
const USAGE_END = 'npm error Run "npm help';

/** A manager's output without what tells nobody anything. */
export function relevantOutput(log: string): string {
  const start = log.indexOf(USAGE_START);
  const end = start === -1 ? -1 : log.indexOf(USAGE_END, start);
  const kept = end === -1 ? log : log.slice(0, start) + log.slice(log.indexOf('\n', end) + 1 || log.length);
  return kept
    .split('\n')
    .filter((line) => !/^npm error(?: A complete log of this run |$)/.test(line.trimEnd()))
    .join('\n')
    .trim();
}

/** Why a package manager failed, by what it wrote. */
export function failureOf(log: string): Failure {
  return SIGNS.find(([, sign]) => sign.test(log))?.[0] ?? 'other';
}

const NAMES_MISSING = [
  /No matching version found for (\S+?)\.?(?:\s|$)/,
  /Couldn't find any versions for "([^"]+)"/,
  /Couldn't find package "([^"]+)"/,
  /'([^']+)' is not in (?:this|the npm) registry/,
];

/** The package a manager could not get, by its output or by what the registry was asked for. */
function missingPackage(log: string, paths: readonly string[]): string {
  const named = NAMES_MISSING.map((pattern) => pattern.exec(log)?.[1]).find((name) => name !== undefined);
  const asked = paths[0]?.slice(1).replace(/%2f/i, '/');
  return shortText(named ?? asked ?? 'a package that is asked for', 80);
}

/** The verdict on an install that no attempt brought to an end. */
export function installVerdict(
  failure: Failure,
  plan: InstallPlan,
  missing: readonly string[],
  logTail: string,
): Outcome<never> {
  const lockfile = plan.lockfile ?? 'package.json';
  switch (failure) {
    case 'outOfSync':
    case 'lockfileFormat':
      return stopped(
        'installFailed',
        `${lockfile} and package.json disagree. Run \`${plan.manager} install\` and commit both.`,
        logTail,
      );
    case 'peerConflict':
      return stopped(
        'installFailed',
        'The dependencies in package.json conflict with each other. Choose versions that fit together.',
        logTail,
      );
    case 'missing':
      return stopped(
        'installFailed',
        `The npm registry does not have ${missingPackage(logTail, missing)}. Correct the name or the version in package.json.`,
        logTail,
      );
    case 'integrity':
      return stopped(
        'depsRefused',
        `A package is not the one that ${lockfile} vouches for: its integrity differs. Make the lockfile anew from the npm registry.`,
        logTail,
      );
    case 'noSpace':
      return stopped(
        'installFailed',
        'The dependencies need more space than an install is given. Remove what the service does not need.',
        logTail,
      );
    case 'other':
      return stopped(
        'installFailed',
        `\`${plan.manager} install\` failed; the end of its output says why. Make sure that it works on a fresh clone.`,
        logTail,
      );
  }
}
