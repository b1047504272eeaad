import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Servers of this process on its own addresses, each shown to answer from here. */
export interface Listeners {
  readonly targets: readonly { readonly host: string; readonly port: number }[];
  /** Connections that did not come from this process. */
  strangers(): number;
  close(): void;
}

const MOST = 8;

export async function openListeners(): Promise<Listeners> {
  const servers: Server[] = [];
  const own = new Set<number | undefined>();
  const callers: (number | undefined)[] = [];

  const listen = async (host: string) => {
    const server = createServer((socket) => {
      callers.push(socket.remotePort);
      socket.on('error', () => undefined).destroy();
    });
    servers.push(server);
    server.listen(0, host);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const socket = connect({ host, port });
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    own.add(socket.localPort);
    await once(socket, 'close');
    return { host, port };
  };

  const tries = await Promise.allSettled(ownAddresses().slice(0, MOST).map(listen));
  return {
    targets: tries.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
    strangers: () => callers.filter((port) => !own.has(port)).length,
    close: () => servers.forEach((server) => server.close()),
  };
}

/** Loopback first, then the engine's bridge and every other interface; not the link-local ones, which need a zone. */
function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const outer = all.filter(({ internal, address }) => !internal && !address.startsWith('fe80:'));
  return ['127.0.0.1', '::1', ...outer.map(({ address }) => address)];
}
