/** One server-sent event as it arrives. */
export interface ArrivingEvent {
  readonly id: string;
  readonly data: string;
}

/** Cuts a text/event-stream body into events. Comments and fields we do not use are skipped. */
export async function* parseEventStream(body: AsyncIterable<Uint8Array>): AsyncGenerator<ArrivingEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const lines = block.split('\n');
      const field = (name: string): string[] =>
        lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
      const data = field('data');
      if (data.length > 0) yield { id: field('id')[0] ?? '', data: data.join('\n') };
    }
  }
}
