import { RELAY_HOST, RELAY_PORT } from '../../../runners/install/relay/protocol.js';
import type { Site } from '../runner/material.js';
import { bringNative } from '../runner/native.js';

const SCRIPT = `
require('node:http')
  .get({ host: '${RELAY_HOST}', port: ${RELAY_PORT}, path: '/ms', timeout: 3000 }, ({ statusCode }) => {
    console.log('THE REGISTRY ANSWERED', statusCode);
    process.exit(1);
  })
  .on('error', (error) => {
    console.log('no way out:', error.code);
    process.exit(1);
  });
`;

export default function generate({ dir }: Site): void {
  bringNative(dir, SCRIPT);
}
