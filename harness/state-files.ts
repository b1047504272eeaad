import { join } from 'node:path';

/** Where a running server of this state folder says how to reach it. */
export const serverFile = (stateDir: string): string => join(stateDir, 'server.json');

/** The API token for commands on this machine; readable by its owner alone. */
export const tokenFile = (stateDir: string): string => join(stateDir, 'token');
