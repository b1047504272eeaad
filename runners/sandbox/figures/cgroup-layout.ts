import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folders of one container's control groups, by what is read or ordered there. In version 2 all are one. */
export interface CgroupFolders {
  readonly version: 'v1' | 'v2';
  readonly cpu: string;
  readonly memory: string;
  readonly pids: string;
  /** Null where the engine keeps none. */
  readonly freezer: string | null;
}

/** Gives the folders of any container by its id. */
export type CgroupLayout = (containerId: string) => CgroupFolders;

const V1 = { cpu: 'cpuacct', memory: 'memory', pids: 'pids', freezer: 'freezer' } as const;

/**
 * Learns from one running container where the engine keeps control groups. Null when its host is not this one, which shows in
 * that the process with that id here is another, or its folders are out of sight.
 */
export function learnLayout(containerId: string, pid: number): CgroupLayout | null {
  try {
    const layout = layoutOf(
      readFileSync(`/proc/${pid}/cgroup`, 'utf8'),
      readFileSync('/proc/self/mountinfo', 'utf8'),
      containerId,
    );
    const folders = layout?.(containerId);
    return folders && [folders.cpu, folders.memory, folders.pids].every((folder) => existsSync(folder))
      ? layout
      : null;
  } catch {
    return null;
  }
}

/** The pure part: a process's /proc/<pid>/cgroup and our /proc/self/mountinfo. */
export function layoutOf(cgroup: string, mountinfo: string, containerId: string): CgroupLayout | null {
  const paths = new Map<string, string>();
  for (const line of cgroup.split('\n')) {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (path?.includes(containerId)) for (const name of (controllers ?? '').split(',')) paths.set(name, path);
  }
  const version = paths.has(V1.memory) ? 'v1' : 'v2';
  const folder = (controller: string): string | null => {
    const path = paths.get(version === 'v1' ? controller : '');
    const mount = mountPoint(mountinfo, version === 'v1' ? controller : null);
    return path !== undefined && mount !== null ? join(mount, path) : null;
  };
  const [cpu, memory, pids, freezer] = [V1.cpu, V1.memory, V1.pids, V1.freezer].map(folder);
  if (!cpu || !memory || !pids) return null;
  return (id) => {
    const at = (template: string) => template.replaceAll(containerId, id);
    return {
      version,
      cpu: at(cpu),
      memory: at(memory),
      pids: at(pids),
      freezer: freezer ? at(freezer) : null,
    };
  };
}

/** Where the version 1 hierarchy of a controller, or (null) that of version 2, is mounted. */
function mountPoint(mountinfo: string, controller: string | null): string | null {
  for (const line of mountinfo.split('\n')) {
    const [left, right] = line.split(' - ');
    const point = left?.split(' ')[4];
    const [type, , options] = (right ?? '').split(' ');
    if (point === undefined) continue;
    if (
      controller === null ? type === 'cgroup2' : type === 'cgroup' && options?.split(',').includes(controller)
    )
      return point;
  }
  return null;
}
