import type { EngineFacts } from '../../../runners/sandbox/types.js';

/** Where the parties of a measurement run. Both services share a core, since only one of them is ever awake. */
export interface Cores {
  readonly serviceCores?: string;
  readonly proberCores?: string;
}

/** With one processor there is nothing to keep apart. */
export function coresOf({ cpus }: Pick<EngineFacts, 'cpus'>): Cores {
  return cpus < 2 ? {} : { serviceCores: '0', proberCores: '1' };
}

export const describeCores = ({ serviceCores, proberCores }: Cores): string =>
  serviceCores === undefined || proberCores === undefined
    ? 'all parties shared the only processor'
    : `both services on processor ${serviceCores}, the load generator on processor ${proberCores}`;
