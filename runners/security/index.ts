import type { ProbeTemplate } from '../../assessments/kit/index.js';
import { deepJson } from './deepJson.js';
import { errorLeak } from './errorLeak.js';
import { headerInjection } from './headerInjection.js';
import { malformedJson } from './malformedJson.js';
import { oversizeBody } from './oversizeBody.js';
import { pathTraversal } from './pathTraversal.js';
import { prototypePollution } from './prototypePollution.js';
import { securityHeaders } from './securityHeaders.js';
import { slowClient } from './slowClient.js';
import { slowPattern } from './slowPattern.js';
import { wrongContentType } from './wrongContentType.js';

/** The shared probe library. Each probe says in its own file which options it takes. */
export const PROBES: readonly ProbeTemplate[] = [
  deepJson,
  errorLeak,
  headerInjection,
  malformedJson,
  oversizeBody,
  pathTraversal,
  prototypePollution,
  securityHeaders,
  slowClient,
  slowPattern,
  wrongContentType,
];

/** Null when there is none of that name. */
export function probeNamed(name: string): ProbeTemplate | null {
  return PROBES.find((probe) => probe.name === name) ?? null;
}
