import type { AgentRequest, DoneResult } from '../protocol.js';
import { openChannel, type Channel } from './channel.js';
import { runChecks } from './checks/runChecks.js';
import { findService } from './find/find.js';
import { openLoads, type Loads } from './load.js';
import { openSession, type Session } from './session.js';

/**
 * The program in the prober container. Standard input and output belong to the worker alone; whatever jest or a check
 * prints goes to standard error.
 */
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;

const complain = (error: unknown): void => console.error(error);
process.on('unhandledRejection', complain);
process.on('uncaughtException', complain);

let search = new AbortController();
let session: Promise<Session> | null = null;
let loads: Loads | null = null;

openChannel(process.stdin, (line) => void write(line), {
  job(job, channel) {
    session = openSession(job, channel);
    session.then(
      () => channel.send({ type: 'hello' }),
      (error: unknown) => channel.send({ type: 'broken', message: reason(error) }),
    );
  },
  request: (id, request) => void session?.then((open) => answer(open, open.channel, id, request)),
  closed: () => process.kill(process.pid, 'SIGKILL'),
});

async function answer(open: Session, channel: Channel, id: number, request: AgentRequest): Promise<void> {
  const result = await carryOut(open, request).catch((error: unknown): DoneResult => ({
    failed: reason(error),
  }));
  channel.send({ type: 'done', id, result });
}

async function carryOut(open: Session, request: AgentRequest): Promise<DoneResult> {
  switch (request.type) {
    case 'find': {
      const { toldPort, readyPath, stubs } = open.job;
      const ours = new Set(Object.values(stubs));
      // The service was started again before it was found: only the latest start counts.
      search.abort();
      search = new AbortController();
      const found = await findService({ ...request, toldPort, readyPath, ours, signal: search.signal });
      if (found.at) open.moveTo(found.at);
      return { found };
    }
    case 'run':
      return { ran: await runChecks(open, request.checks) };
    case 'rewind':
      loads = await openLoads(open, request.file);
      return { rewound: true };
    case 'drive':
      return { driven: await opened(loads).drive(request.stretch) };
    case 'reconcile':
      return { reconciled: { fault: await opened(loads).reconcile() } };
  }
}

function opened(loads: Loads | null): Loads {
  if (loads) return loads;
  throw new Error('a load was asked for before its requests were made');
}

const reason = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 4000);
