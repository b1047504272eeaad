import { createServer, type RequestListener, type Server } from 'node:http';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import type { CheckContext, Evidence } from '../../../assessments/kit/index.js';
import { openContext } from '../../../runners/prober/agent/context/context.js';
import type { Session } from '../../../runners/prober/agent/session.js';
import { createMask } from '../../../runners/prober/mask.js';
import type { Address, ControlOperation, Job } from '../../../runners/prober/protocol.js';

export interface Served {
  readonly at: Address;
  close(): Promise<void>;
}

export const serveHttp = (listener: RequestListener): Promise<Served> => serve(createServer(listener));
export const serveTcp = (listener: (socket: Socket) => void): Promise<Served> =>
  serve(createTcpServer((socket) => listener(socket.on('error', () => undefined))));

async function serve(server: Server | TcpServer): Promise<Served> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    at: { host: '127.0.0.1', port },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

export const SECRET = '0123456789abcdef0123456789abcdef';
export const mask = createMask({ API_KEY: SECRET, PORT: '8080' }, ['API_KEY']);

export interface TestContext {
  readonly t: CheckContext;
  close(): void;
  evidence(): readonly Evidence[];
}

/** A check's context for a service at an address; `control` answers what only a worker can do. */
export function contextFor(
  at: Address,
  control: (operation: ControlOperation) => unknown = () => true,
  attempt = 1,
): TestContext {
  const job: Job = {
    seed: 'seed',
    files: {},
    env: { API_KEY: SECRET },
    secrets: ['API_KEY'],
    stubs: {},
    readyPath: '/healthz',
    toldPort: at.port,
    cpus: 1,
  };
  const session: Session = {
    job,
    channel: {
      send: () => undefined,
      ask: async <T>(operation: ControlOperation) => control(operation) as T,
    },
    mask,
    stubs: {},
    address: () => at,
    moveTo: () => undefined,
  };
  const { context, close, evidence } = openContext(session, 'a-check', attempt);
  return { t: context, close, evidence };
}
