import type { Probe } from '../types.js';
import { devices, engineSocket, mounts, rootReadOnly } from './files.js';
import { cpuLimit, memoryLimit, pidsLimit } from './limits.js';
import { dns, egress, hostPorts, otherPod } from './network.js';
import { killable, logFlood } from './output.js';
import { capabilities, newPrivileges, processes, seccompMode, userIds } from './privileges.js';
import { openFiles, tmpQuota, volumeBytes, volumeFiles } from './quotas.js';
import { systemCalls } from './system-calls.js';

/** In the order they are shown. */
export const PROBES: readonly Probe[] = [
  egress,
  dns,
  hostPorts,
  otherPod,
  userIds,
  capabilities,
  newPrivileges,
  seccompMode,
  systemCalls,
  processes,
  rootReadOnly,
  mounts,
  devices,
  engineSocket,
  memoryLimit,
  pidsLimit,
  cpuLimit,
  openFiles,
  volumeBytes,
  volumeFiles,
  tmpQuota,
  logFlood,
  killable,
];
