import { openListeners } from '../listeners.js';
import { untilSaid } from '../script.js';
import { look, NO_RESULT, type Trial } from '../types.js';

/** Tries each target of `input`; what comes of it is `connected`, `timeout` or the error's code. */
const ATTEMPT = `
const net = require('node:net');
const attempt = ({ host, port }) => new Promise((resolve) => {
  const socket = net.connect({ host, port });
  const end = (result) => { socket.destroy(); resolve(result); };
  socket.setTimeout(1500, () => end('timeout')).on('connect', () => end('connected')).on('error', (e) => end(e.code));
});
const results = await Promise.all(input.map(attempt));
`;
const CONNECT = `${ATTEMPT} say(results);`;

const LOOK_OUT = `${ATTEMPT}
const addresses = Object.values(require('node:os').networkInterfaces()).flat();
return { results, outer: addresses.filter(({ internal }) => !internal).map(({ address }) => address) };
`;

/** Addresses that stand for the world: documentation networks, a private one, and where clouds serve their credentials. */
const OUTSIDE = ['192.0.2.1', '198.51.100.7', '10.0.0.1', '169.254.169.254', '2001:db8::1'].map((host) => ({
  host,
  port: 443,
}));

/** The kernel's ways to say that there is no way there. A timeout would mean that a packet has left. */
const NO_ROUTE = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EACCES', 'EPERM']);

export const egress = look<{ results: string[]; outer: string[] }>(
  'egress',
  'Nothing outside can be reached',
  { script: LOOK_OUT, input: OUTSIDE },
  ({ results, outer }) => {
    const open = OUTSIDE.filter((_, index) => !NO_ROUTE.has(results[index] ?? ''));
    if (outer.length > 0)
      return { holds: false, detail: `there is a network interface (${outer.join(', ')})` };
    if (open.length > 0)
      return { holds: false, detail: `no refusal for ${open.map(({ host }) => host).join(', ')}` };
    const kinds = [...new Set(results)].join(' or ');
    return { holds: true, detail: `only loopback; ${results.length} addresses tried, each ${kinds}` };
  },
);

const RESOLVE = `
const { Resolver, lookup } = require('node:dns').promises;
const named = async (work) => { try { return 'answered ' + JSON.stringify(await work()); } catch (e) { return e.code; } };
const direct = new Resolver({ timeout: 700, tries: 1 });
direct.setServers(['192.0.2.53']);
return [await named(() => lookup('example.com')), await named(() => direct.resolve4('example.com'))];
`;

/** A question that nobody answered in time has left all the same. */
export const dns = look<string[]>('dns', 'No name is resolved', { script: RESOLVE }, (results) => ({
  holds: results.every((result) => !/^answered|TIMEOUT/.test(result)),
  detail: results.join(', '),
}));

export const hostPorts: Trial = {
  id: 'host-ports',
  title: 'No port of this machine can be reached',
  async try(lab) {
    const listeners = await openListeners();
    try {
      if (listeners.targets.length === 0)
        return { holds: null, detail: 'this process could not listen on any of its own addresses' };
      const { said } = await lab.ask<string[]>(CONNECT, { input: listeners.targets });
      if (!said) return NO_RESULT;
      const hosts = listeners.targets.map(({ host }) => host);
      const reached = hosts.filter((_, index) => said[index] === 'connected');
      return reached.length === 0 && listeners.strangers() === 0
        ? { holds: true, detail: `a server here listened on ${hosts.join(', ')}; nobody came` }
        : { holds: false, detail: `reached a server on ${reached.join(', ') || 'this machine'}` };
    } finally {
      listeners.close();
    }
  },
};

const PORT = 4000;
/** Serves, and says at which addresses. */
const SERVE = `
const addresses = Object.values(require('node:os').networkInterfaces()).flat().map(({ address }) => address);
require('node:net').createServer((socket) => socket.end()).listen(${PORT}, '::', () => say(addresses));
`;

export const otherPod: Trial = {
  id: 'other-pod',
  title: 'No other pod can be reached',
  async try(lab) {
    const server = await lab.start(SERVE, { pod: lab.there });
    try {
      const addresses = (await untilSaid<string[]>(server)) ?? [];
      const input = addresses.map((host) => ({ host, port: PORT }));
      const [inside, outside] = await Promise.all([
        lab.ask<string[]>(CONNECT, { pod: lab.there, input }),
        lab.ask<string[]>(CONNECT, { input }),
      ]);
      if (!inside.said?.includes('connected'))
        return { holds: false, detail: 'even its own pod did not reach the server, so nothing is proved' };
      if (!outside.said) return NO_RESULT;
      return {
        holds: !outside.said.includes('connected'),
        detail: `its own pod reached the server, the other got ${outside.said.join(', ')}`,
      };
    } finally {
      await server.remove();
    }
  },
};
