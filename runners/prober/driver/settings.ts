import { createHmac } from 'node:crypto';
import type { AssessmentSpec } from '../../../assessments/kit/index.js';

/** Where the data volume is mounted; each start with empty data gets a folder of its own in it. */
export const DATA_MOUNT = '/data';

/** Settings of the service for one start. Secrets follow from the run's seed. */
export function serviceEnv(spec: AssessmentSpec, seed: string, dataDir: string): Record<string, string> {
  const entries = Object.entries(spec.env).map(([name, source]): [string, string] => {
    switch (source.from) {
      case 'literal':
        return [name, source.value];
      case 'secret':
        return [name, secret(seed, name, source.bytes)];
      case 'port':
        return [name, String(spec.port)];
      case 'dataDir':
        return [name, dataDir];
      case 'stub':
        return [name, `http://127.0.0.1:${spec.stubs[source.stub]?.port ?? 0}`];
    }
  });
  return Object.fromEntries(entries);
}

export const secretNames = (spec: AssessmentSpec): string[] =>
  Object.entries(spec.env).flatMap(([name, source]) => (source.from === 'secret' ? [name] : []));

/** Hex of that many bytes. */
function secret(seed: string, name: string, bytes: number): string {
  const blocks = Array.from({ length: Math.ceil(bytes / 32) }, (_, index) =>
    createHmac('sha256', seed).update(`secret:${name}:${index}`).digest('hex'),
  );
  return blocks.join('').slice(0, bytes * 2);
}
