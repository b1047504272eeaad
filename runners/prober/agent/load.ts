import { seededRandom, type LoadProfile } from '../../../assessments/kit/index.js';
import { generateLoad } from '../../performance/generate.js';
import type { Generated } from '../../performance/types.js';
import { DEFAULT_HEADERS, hostHeader } from './http/limits.js';
import { loadDefault } from './modules.js';
import type { Session } from './session.js';

/** Runs one load profile of the pack; the stubs answer as they do by default. */
export function runLoad({ job, stubs, address }: Session, file: string): Promise<Generated> {
  for (const stub of Object.values(stubs)) stub.renew();
  const profile = loadDefault<LoadProfile>(job, file);
  const steps = profile.requests({ random: seededRandom(`${job.seed}:${file}`), env: job.env });
  const at = address();
  return generateLoad(profile, steps, { ...at, headers: { ...DEFAULT_HEADERS, host: hostHeader(at) } });
}
