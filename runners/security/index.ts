import type { ProbeTemplate } from '../../assessments/kit/index.js';

/** The shared probe library, by name. */
const PROBES: readonly ProbeTemplate[] = [];

export function probeNamed(name: string): ProbeTemplate | null {
  return PROBES.find((probe) => probe.name === name) ?? null;
}
