/** The images a worker needs, by role: references whose tags carry a digest of their inputs. */
export interface Images {
  /** Runs candidate code: Node 20, 22 and 24, npm, pnpm, yarn, no compiler. */
  readonly sandbox: string;
  /** jest, autocannon, the compiled kit and prober. */
  readonly prober: string;
  /** Holds namespaces and volumes; does nothing. */
  readonly pause: string;
  /**
   * The sandbox image with python3, make, g++ and Node's headers, for native modules.
   * Large and seldom needed, so it is made when first asked for. The answer is the reference.
   */
  readonly builder: () => Promise<string>;
}

/** Where a candidate image has each Node: `/opt/node/<major>/bin` goes first on PATH. */
export const NODE_MAJORS = [20, 22, 24] as const;
export type NodeMajor = (typeof NODE_MAJORS)[number];
export const nodeBin = (major: NodeMajor): string => `/opt/node/${major}/bin`;
