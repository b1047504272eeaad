import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../paths.js';

/** One thing that `npm test` runs, in the order of this list. */
export type Part =
  | { readonly kind: 'jest'; readonly name: string; readonly args: readonly string[] }
  | { readonly kind: 'program'; readonly name: string; readonly command: readonly [string, ...string[]] };

/** One file at a time: they share an engine and few cores, some measure time, and a slow machine is no failure. */
const ALONE = ['--runInBand', '--testTimeout=120000'];

/**
 * Everything, quickest first: what fails is seen early. In CI each assessment also has to prove its checks, which takes longer
 * than all the rest.
 */
export function wholePlan({ ci }: { ci: boolean }): readonly Part[] {
  return [
    npmScript('lint', 'lint'),
    ...['unit', 'meta'].filter(hasTests).map((name) => jestProject(name, [])),
    ...['integration', 'e2e'].filter(hasTests).map((name) => jestProject(name, ALONE)),
    ...(ci ? packs().map((pack) => npmScript(`verify ${pack}`, 'assayer', 'pack', 'verify', pack)) : []),
  ];
}

/** What `npm test -- <arguments of jest>` runs instead. */
export const chosenPlan = (args: readonly string[]): readonly Part[] => [
  { kind: 'jest', name: 'chosen tests', args: [...ALONE, ...args] },
];

export const hasTests = (project: string): boolean => {
  const folder = join(projectRoot, 'test', project);
  return (
    existsSync(folder) &&
    readdirSync(folder, { recursive: true }).some((file) => String(file).endsWith('.test.ts'))
  );
};

/** What `pack new` makes, and the folders of assessments beside the kit. */
const packs = (): string[] => [
  './harness/packs/pack-template',
  ...readdirSync(join(projectRoot, 'assessments'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'kit')
    .map((entry) => entry.name),
];

const npmScript = (name: string, script: string, ...args: string[]): Part => ({
  kind: 'program',
  name,
  command: ['npm', 'run', '--silent', script, '--', ...args],
});

const jestProject = (name: string, args: readonly string[]): Part => ({
  kind: 'jest',
  name,
  args: ['--selectProjects', name, ...args],
});
