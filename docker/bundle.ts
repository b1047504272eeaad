import { build } from 'esbuild';
import { projectRoot } from './paths.js';

/** The programs that run inside the prober image: where each starts, and its file under /opt/assayer. */
const PROGRAMS = [
  { name: 'agent.mjs', entry: 'runners/prober/agent/main.ts' },
  { name: 'relay.mjs', entry: 'runners/install/relay/main.ts' },
  { name: 'doctor.mjs', entry: 'runners/performance/diagnosis/doctor.ts' },
] as const;

export interface Bundle {
  readonly name: string;
  readonly text: string;
}

/** Each program with all it imports in one file, but for jest, which must load as it is. Same source, same text. */
export async function proberBundles(): Promise<readonly Bundle[]> {
  return Promise.all(
    PROGRAMS.map(async ({ name, entry }) => {
      const result = await build({
        absWorkingDir: projectRoot,
        entryPoints: [entry],
        bundle: true,
        write: false,
        platform: 'node',
        target: 'node22',
        format: 'esm',
        external: ['jest', 'jest-environment-node', '@jest/*'],
        alias: { 'assayer/kit': './assessments/kit/index.ts' },
        banner: {
          js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
        },
        logLevel: 'silent',
      });
      return { name, text: result.outputFiles[0]?.text ?? '' };
    }),
  );
}
