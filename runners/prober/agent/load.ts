import { seededRandom, type LoadProfile } from '../../../assessments/kit/index.js';
import { generateLoad } from '../../performance/generate.js';
import type { Loaded } from '../protocol.js';
import { DEFAULT_HEADERS, hostHeader } from './http/limits.js';
import { loadDefault } from './modules.js';
import { difference, sampleAnswers } from './sample.js';
import type { Session } from './session.js';

/** Runs one load profile of the pack; the stubs answer as they do by default. Some answers are looked at, before and during. */
export async function runLoad(session: Session, file: string): Promise<Loaded> {
  const { job, stubs, address } = session;
  for (const stub of Object.values(stubs)) stub.renew();
  const profile = loadDefault<LoadProfile>(job, file);
  const steps = profile.requests({ random: seededRandom(`${job.seed}:${file}`), env: job.env });
  const at = address();
  const atRest = await sampleAnswers(session, steps, 0);
  const [generated, underLoad] = await Promise.all([
    generateLoad(profile, steps, { ...at, headers: { ...DEFAULT_HEADERS, host: hostHeader(at) } }),
    sampleAnswers(session, steps, profile.seconds * 500),
  ]);
  return { ...generated, difference: difference(atRest, underLoad) };
}
