import { nodeBin, type NodeMajor } from '../../sandbox/image.js';
import { RELAY_URL } from '../relay/protocol.js';
import type { Manager, Note } from '../types.js';
import { INSTALL_DIR } from './scripts.js';

/** Why an install failed, as far as its log tells. */
export type Failure =
  'outOfSync' | 'lockfileFormat' | 'peerConflict' | 'missing' | 'integrity' | 'noSpace' | 'other';

/** One way to install; the next is tried when it fails for one of `unless`. */
export interface Attempt {
  readonly command: readonly string[];
  readonly withLockfile: boolean;
  /** What the scorecard says when this way was the one that worked. */
  readonly note: Note | null;
  /** Which failures of the attempts before lead here. */
  readonly after: readonly Failure[];
}

const LEGACY_PEERS: Note = {
  code: 'legacyPeerDeps',
  message:
    'The dependencies have conflicting peers; they were installed with --legacy-peer-deps. Settings in .npmrc are not used: resolve the conflict in package.json.',
};
const LOCKFILE_ADAPTED: Note = {
  code: 'lockfileAdapted',
  message:
    'The lockfile was made by another major version or with other settings of pnpm; it was adapted on installing.',
};
const LOCKFILE_NOT_SERVED: Note = {
  code: 'lockfileNotServed',
  message:
    'The registry here does not have every version that the lockfile names, so versions were chosen anew from package.json. That is not the candidate\u2019s doing.',
};

const attempt = (command: string, more: Partial<Attempt> = {}): Attempt => ({
  command: command.split(' '),
  withLockfile: true,
  note: null,
  after: [],
  ...more,
});

const NPM_INSTALL = 'npm install --no-package-lock';
const PNPM_INSTALL = 'pnpm install --no-frozen-lockfile --ignore-pnpmfile';
const YARN_INSTALL = 'yarn install --no-lockfile --non-interactive';

const WITH_LOCKFILE: Readonly<Record<Manager, readonly Attempt[]>> = {
  npm: [
    attempt('npm ci'),
    attempt('npm ci --legacy-peer-deps', { note: LEGACY_PEERS, after: ['outOfSync', 'peerConflict'] }),
    attempt(NPM_INSTALL, { withLockfile: false, note: LOCKFILE_NOT_SERVED, after: ['missing'] }),
  ],
  pnpm: [
    attempt('pnpm install --frozen-lockfile --ignore-pnpmfile'),
    attempt(PNPM_INSTALL, { note: LOCKFILE_ADAPTED, after: ['lockfileFormat'] }),
    attempt(PNPM_INSTALL, { withLockfile: false, note: LOCKFILE_NOT_SERVED, after: ['missing'] }),
  ],
  yarn: [
    attempt('yarn install --frozen-lockfile --non-interactive'),
    attempt(YARN_INSTALL, { withLockfile: false, note: LOCKFILE_NOT_SERVED, after: ['missing'] }),
  ],
};

const WITHOUT_LOCKFILE: Readonly<Record<Manager, readonly Attempt[]>> = {
  npm: [
    attempt(NPM_INSTALL),
    attempt(`${NPM_INSTALL} --legacy-peer-deps`, { note: LEGACY_PEERS, after: ['peerConflict'] }),
  ],
  pnpm: [attempt(PNPM_INSTALL)],
  yarn: [attempt(YARN_INSTALL)],
};

/** The ways to install, the one that is meant first. */
export const attemptsFor = (manager: Manager, hasLockfile: boolean): readonly Attempt[] =>
  (hasLockfile ? WITH_LOCKFILE : WITHOUT_LOCKFILE)[manager];

/**
 * Settings for every manager, by environment, which each of them puts above any file. Nothing runs, nothing asks, and
 * nothing but the relay is spoken to; git is a program that fails.
 */
export function managerEnv(major: NodeMajor): Record<string, string> {
  const scratch = `${INSTALL_DIR}/scratch`;
  return {
    PATH: `${nodeBin(major)}:/usr/local/bin:/usr/bin:/bin`,
    HOME: scratch,
    CI: '1',
    TMPDIR: scratch,
    npm_config_registry: RELAY_URL,
    npm_config_replace_registry_host: 'always',
    npm_config_ignore_scripts: 'true',
    npm_config_git: '/bin/false',
    npm_config_allow_git: 'none',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_progress: 'false',
    npm_config_update_notifier: 'false',
    npm_config_cache: `${scratch}/npm`,
    npm_config_fetch_retries: '2',
    npm_config_fetch_retry_mintimeout: '500',
    npm_config_fetch_retry_maxtimeout: '4000',
    npm_config_fetch_timeout: '70000',
    npm_config_include: 'dev',
    // pnpm
    npm_config_store_dir: `${scratch}/pnpm-store`,
    npm_config_cache_dir: `${scratch}/pnpm-cache`,
    npm_config_state_dir: `${scratch}/pnpm-state`,
    npm_config_package_import_method: 'hardlink',
    npm_config_manage_package_manager_versions: 'false',
    npm_config_package_manager_strict: 'false',
    npm_config_engine_strict: 'false',
    npm_config_confirm_modules_purge: 'false',
    // yarn
    YARN_CACHE_FOLDER: `${scratch}/yarn`,
    YARN_REGISTRY: RELAY_URL,
    YARN_IGNORE_ENGINES: 'true',
    YARN_IGNORE_SCRIPTS: 'true',
    YARN_DISABLE_SELF_UPDATE_CHECK: 'true',
    SKIP_YARN_COREPACK_CHECK: '1',
  };
}
