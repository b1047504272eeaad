import type { HostConfig } from 'dockerode';
import type { Abilities } from './quirks.js';
import { seccompProfile } from './seccomp.js';

/** Files one process may hold open; the lower number for engines whose own limit is below. */
const NOFILE = { usual: 8192, low: 1024 };
/** The largest file a process may write, bytes. Quotas of volumes lie below; this is the second wall. */
const FILE_BYTES = 2 * 1024 ** 3;

/** What every container of ours gets, whatever it runs. */
export function hardening(abilities: Abilities, runtime: string | undefined): HostConfig {
  const nofile = abilities.nofile ? NOFILE.usual : NOFILE.low;
  return {
    ReadonlyRootfs: true,
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges', `seccomp=${seccompProfile()}`],
    IpcMode: 'none',
    Privileged: false,
    PublishAllPorts: false,
    RestartPolicy: { Name: 'no' },
    // The engine's own log would grow without bound; output is read over the attached socket alone.
    LogConfig: { Type: 'none', Config: {} },
    Ulimits: [
      { Name: 'core', Soft: 0, Hard: 0 },
      { Name: 'nofile', Soft: nofile, Hard: nofile },
      { Name: 'fsize', Soft: FILE_BYTES, Hard: FILE_BYTES },
    ],
    ...(runtime === undefined ? {} : { Runtime: runtime }),
  };
}
