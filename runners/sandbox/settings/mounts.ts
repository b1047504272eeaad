import type { MountSettings } from 'dockerode';
import { SandboxError, type Mount, type VolumeSpec } from '../types.js';
import type { Labels } from '../identity/labels.js';

/** Where the pause container holds a pod's volumes, so that their content survives between other containers. */
export const HELD_AT = '/held';

/** A volume in memory with an exact quota; made by the engine together with the pause container that names it first. */
export function heldVolume(
  name: string,
  target: string,
  spec: VolumeSpec,
  uid: number,
  labels: Labels,
): MountSettings {
  return {
    Type: 'volume',
    Source: name,
    Target: target,
    VolumeOptions: {
      NoCopy: true,
      Labels: { ...labels },
      DriverConfig: {
        Name: 'local',
        Options: { type: 'tmpfs', device: 'tmpfs', o: tmpfsOptions(spec, uid) },
      },
    },
  };
}

function tmpfsOptions({ sizeMb, inodes }: VolumeSpec, uid: number): string {
  return `size=${sizeMb}m,nr_inodes=${inodes},uid=${uid},gid=${uid},mode=0755,nosuid,nodev`;
}

/** A container's mounts; `engineNames` gives the engine's names of the pod's volumes. */
export function containerMounts(
  mounts: readonly Mount[],
  engineNames: Readonly<Record<string, string>>,
): MountSettings[] {
  return mounts.map((mount) => ({
    Type: 'volume',
    Source: 'cache' in mount ? mount.cache.name : known(engineNames, mount.volume),
    Target: mount.path,
    ReadOnly: mount.readOnly,
    // A new cache takes the mode of the folder in the image that it is first mounted on (see DEPS_DIR), so that it can be filled.
    VolumeOptions: {
      NoCopy: !('cache' in mount) || mount.readOnly,
      Labels: {},
      DriverConfig: { Name: '', Options: {} },
    },
  }));
}

function known(engineNames: Readonly<Record<string, string>>, volume: string): string {
  const name = engineNames[volume];
  if (name === undefined) throw new SandboxError('internal', `The pod has no volume named ${volume}.`);
  return name;
}
