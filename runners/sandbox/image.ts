/** What a candidate image holds, and where: the one place both its recipe and its users read. */

/** Where each Node is: `/opt/node/<major>/bin` goes first on PATH. */
export const NODE_MAJORS = [20, 22, 24] as const;
export type NodeMajor = (typeof NODE_MAJORS)[number];
export const nodeBin = (major: NodeMajor): string => `/opt/node/${major}/bin`;

/**
 * Where cache volumes are mounted. The image has it as an empty folder of mode 1777, and the engine gives a new volume that
 * is mounted there the same mode: so an install under any user id can fill it.
 */
export const DEPS_DIR = '/deps';

/** The build tool for native modules that comes with npm. */
export const NODE_GYP = '/opt/managers/node_modules/npm/node_modules/node-gyp/bin/node-gyp.js';

/** Runs a shell command in its working folder as npm would, and passes signals on to the real program. */
export const LAUNCHER = '/opt/assayer/launch';
