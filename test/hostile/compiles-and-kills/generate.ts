import type { Site } from '../runner/material.js';
import { bringNative } from '../runner/native.js';

/** Ends whatever compiles it, and names a reason that would be the host's. */
const SCRIPT = `
console.error('No space left on device');
process.kill(-1, 'SIGKILL');
`;

export default function generate({ dir }: Site): void {
  bringNative(dir, SCRIPT);
}
