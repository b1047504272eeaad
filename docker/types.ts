/** The images a worker needs, by role: references whose tags carry a digest of their inputs. */
export interface Images {
  /** Runs candidate code: Node 20, 22 and 24, npm, pnpm, yarn, no compiler, and the folder DEPS_DIR (mode 1777). */
  readonly sandbox: string;
  /** jest, the compiled kit and prober. */
  readonly prober: string;
  /** Holds namespaces and volumes; does nothing. */
  readonly pause: string;
  /**
   * The sandbox image with python3, make, g++ and Node's headers, for native modules.
   * Large and seldom needed, so it is made when first asked for. The answer is the reference.
   */
  readonly builder: () => Promise<string>;
}

export { NODE_MAJORS, nodeBin } from '../runners/sandbox/image.js';
export type { NodeMajor } from '../runners/sandbox/image.js';
