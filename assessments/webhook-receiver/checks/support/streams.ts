import { fail, must, type CheckContext, type EventStream, type ServerSentEvent } from 'assayer/kit';
import type { Proof } from './service.js';

const EVENTS = '/api/v1/events';

export async function openStream(
  t: CheckContext,
  headers: Record<string, string> = {},
): Promise<EventStream> {
  const stream = await t.http.events(EVENTS, { headers });
  must(stream.status === 200, 'the event stream did not open', {
    expected: 'status 200',
    observed: `status ${stream.status}`,
  });
  return stream;
}

export async function eventAbout(
  stream: EventStream,
  name: string,
  proofId: string,
  withinMs = 5000,
): Promise<{ event: ServerSentEvent; proof: Proof }> {
  const event = await stream.next((item) => item.event === name && proofIn(item)?.id === proofId, withinMs);
  const proof = event && proofIn(event);
  if (!event || !proof) fail(`the stream did not tell ${name} of the proof within ${withinMs} ms`);
  return { event, proof };
}

export function proofIn(event: ServerSentEvent): Proof | null {
  try {
    return JSON.parse(event.data) as Proof | null;
  } catch {
    return null;
  }
}
