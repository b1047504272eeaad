/** Ceilings of an install pod. */
export const INSTALL_LIMITS = {
  /** Installed packages together with what the manager keeps beside them while it works, MiB. */
  volumeMb: 1536,
  inodes: 400_000,
  /** The volume lies in memory and counts against it. */
  memoryMb: 1536 + 1024,
  cpus: 2,
  pids: 512,
  /** Compiling native modules, together. */
  compileSeconds: 600,
} as const;

export const RELAY_LIMITS = { memoryMb: 256, cpus: 1, pids: 64 } as const;

/** What an install takes of the host's memory at most, before the service that it is for takes any. */
export const INSTALLING_MB = INSTALL_LIMITS.memoryMb + RELAY_LIMITS.memoryMb;

/** Unpacking runs nothing of the candidate's; the quota of the work volume, which lies in memory, is the real bound. */
export const FILL_LIMITS = { memoryMb: 4096, cpus: 2, pids: 32, seconds: 120 } as const;

/** Compilers need this much however small the service is. */
export const BUILD_MEMORY_MB = 1024;

/** A build's scratch space; counts against its memory. */
export const BUILD_TMP_MB = 256;
