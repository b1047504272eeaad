import { dump } from 'js-yaml';
import type { Manager } from '../types.js';
import { isObject, stringMap, type JsonObject } from './manifest.js';
import { parsedYaml } from './workspaces.js';

/**
 * The fields of a package.json that decide what is installed. All others are left out: scripts, which must not run, wishes
 * about versions of Node and managers, which we meet ourselves, and what would only keep equal installs from sharing a cache.
 */
const MANIFEST_FIELDS = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'bundleDependencies',
  'bundledDependencies',
  'dependenciesMeta',
  'overrides',
  'resolutions',
  'workspaces',
] as const;

/** What others need to know of a workspace. */
const MEMBER_FIELDS = ['name', 'version', 'bin'] as const;

/** Settings of pnpm that decide what is installed; none of those that run something or lead elsewhere. */
const PNPM_FIELDS = [
  'overrides',
  'packageExtensions',
  'peerDependencyRules',
  'patchedDependencies',
  'allowedDeprecatedVersions',
  'ignoredOptionalDependencies',
] as const;

const PNPM_WORKSPACE_FIELDS = [
  ...PNPM_FIELDS,
  'packages',
  'catalog',
  'catalogs',
  'autoInstallPeers',
  'excludeLinksFromLockfile',
  'injectWorkspacePackages',
  'linkWorkspacePackages',
  'sharedWorkspaceLockfile',
] as const;

/** The copy of a package.json that an install reads. */
export function sanitizeManifest(manifest: JsonObject, isRoot: boolean, manager: Manager): JsonObject {
  const identity = isRoot ? { name: 'submission', version: '0.0.0' } : only(MEMBER_FIELDS, manifest);
  const pnpm = manifest['pnpm'];
  return {
    ...identity,
    private: true,
    ...only(MANIFEST_FIELDS, manifest),
    ...(manager === 'pnpm' ? {} : withoutWorkspaceProtocol(manifest)),
    ...(isObject(pnpm) ? { pnpm: only(PNPM_FIELDS, pnpm) } : {}),
  };
}

/** npm and yarn 1 know workspaces by name alone and stop at `workspace:`, which repos made for newer yarns have. */
function withoutWorkspaceProtocol(manifest: JsonObject): JsonObject {
  return Object.fromEntries(
    ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((field) => {
      const specs = [...stringMap(manifest[field])];
      if (!specs.some(([, spec]) => spec.startsWith('workspace:'))) return [];
      return [
        [
          field,
          Object.fromEntries(specs.map(([name, spec]) => [name, spec.startsWith('workspace:') ? '*' : spec])),
        ],
      ];
    }),
  );
}

/** The copy of a pnpm-workspace.yaml that an install reads; an unreadable one becomes empty. */
export function sanitizePnpmWorkspace(text: string): string {
  const value = parsedYaml(text);
  return dump(isObject(value) ? only(PNPM_WORKSPACE_FIELDS, value) : {});
}

function only(fields: readonly string[], value: JsonObject): JsonObject {
  return Object.fromEntries(
    fields.flatMap((field) => (value[field] === undefined ? [] : [[field, value[field]]])),
  );
}
