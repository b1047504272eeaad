import { seededRandom, type LoadProfile, type LoadStep } from '../../../assessments/kit/index.js';
import { generateLoad } from '../../performance/generate.js';
import type { Loaded } from '../protocol.js';
import { DEFAULT_HEADERS, hostHeader } from './http/limits.js';
import { loadDefault } from './modules.js';
import { answersAtRest, difference, type Answer } from './sample.js';
import type { Session } from './session.js';

/** Runs one load profile of the pack; the stubs answer as they do by default. Some of it is asked beforehand, at rest. */
export async function runLoad(session: Session, file: string): Promise<Loaded> {
  const { job, stubs, address } = session;
  for (const stub of Object.values(stubs)) stub.renew();
  const profile = loadDefault<LoadProfile>(job, file);
  const steps = profile.requests({ random: seededRandom(`${job.seed}:${file}`), env: job.env });
  const at = address();
  const headers = { ...DEFAULT_HEADERS, host: hostHeader(at) };
  const atRest = await answersAtRest(at, steps);
  const { samples, interim, unasked, ...generated } = await generateLoad(profile, steps, { ...at, headers });
  const underLoad = samples.flatMap(({ step, text }) => answerTo(steps[step], text));
  return { ...generated, difference: miscounted(interim, unasked) ?? difference(atRest, underLoad) };
}

/** A few may be a server's slip when a connection ends. */
const SLIPS = 10;

function miscounted(interim: number, unasked: number): string | null {
  const nothing = 'so the number of requests says nothing';
  if (interim > SLIPS) return `${interim} interim answers (such as 103) were counted as answers, ${nothing}`;
  return unasked > SLIPS ? `${unasked} answers came before they were asked for, ${nothing}` : null;
}

const answerTo = (step: LoadStep | undefined, text: string): Answer[] =>
  step === undefined ? [] : [{ method: step.method, text }];
