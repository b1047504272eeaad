import { createInterface } from 'node:readline';
import { HarnessError, ServiceError } from '../../../assessments/kit/index.js';
import type {
  AgentMessage,
  AgentRequest,
  ControlOperation,
  ControlReply,
  Job,
  ToAgent,
} from '../protocol.js';

/** The agent's end of the stream to the worker. */
export interface Channel {
  send(message: AgentMessage): void;
  /**
   * Has the worker do something and waits for it.
   * @throws ServiceError when the service would not; HarnessError when we could not
   */
  ask<T>(operation: ControlOperation, withinMs: number): Promise<T>;
}

export interface ChannelHandlers {
  job(job: Job, channel: Channel): void;
  request(id: number, request: AgentRequest): void;
  /** The worker is gone. */
  closed(): void;
}

/** Reads frames from `input` and writes lines to `write`, until the input ends. */
export function openChannel(
  input: NodeJS.ReadableStream,
  write: (line: string) => void,
  handlers: ChannelHandlers,
): void {
  const waiting = new Map<number, (reply: ControlReply) => void>();
  let nonce = '';
  let lastId = 0;

  const channel: Channel = {
    send: (message) => write(`${JSON.stringify({ nonce, message })}\n`),
    async ask<T>(operation: ControlOperation, withinMs: number): Promise<T> {
      const id = ++lastId;
      const reply = await new Promise<ControlReply>((resolve) => {
        const timer = setTimeout(
          () =>
            resolve({
              ok: false,
              fault: 'harness',
              message: `no answer to "${operation.op}" within ${withinMs} ms`,
            }),
          withinMs,
        );
        waiting.set(id, (answer) => {
          clearTimeout(timer);
          resolve(answer);
        });
        channel.send({ type: 'ask', id, operation });
      });
      waiting.delete(id);
      if (reply.ok) return reply.value as T;
      throw reply.fault === 'service' ? new ServiceError(reply.message) : new HarnessError(reply.message);
    },
  };

  createInterface({ input, crlfDelay: Infinity })
    .on('line', (line) => {
      const frame = JSON.parse(line) as ToAgent;
      switch (frame.type) {
        case 'job':
          nonce = frame.nonce;
          return handlers.job(frame.job, channel);
        case 'request':
          return handlers.request(frame.id, frame.request);
        case 'reply':
          return waiting.get(frame.id)?.(frame.reply);
      }
    })
    .on('close', handlers.closed);
}
