import type { NodeMajor } from '../types.js';

/** The images that ours are made from, whichever road they come by. Each is fetched or made when first asked for. */
export interface Bases {
  readonly road: 'official' | 'debian';
  /** Debian with a shell, the core utilities, tar and the C++ run-time library. */
  os(): Promise<string>;
  /** The same with python3, make and g++. */
  toolchain(): Promise<string>;
  /** Holds `/usr/local/bin/node` and `/usr/local/include/node`; nothing else in it is relied on. */
  node(major: NodeMajor): Promise<string>;
  /** Holds a static `/bin/busybox`. */
  busybox(): Promise<string>;
}
