import type { ServerSentEvent } from '../../../../assessments/kit/index.js';

/** Takes the text of an event stream piece by piece and reports whole events, as the HTML standard reads them. */
export function createSseParser(onEvent: (event: ServerSentEvent) => void): (piece: string) => void {
  let rest = '';
  let id: string | null = null;
  let event = '';
  let data: string[] = [];

  function line(text: string): void {
    if (text === '') {
      if (data.length > 0) onEvent({ id, event: event === '' ? 'message' : event, data: data.join('\n') });
      event = '';
      data = [];
      return;
    }
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(text) ?? [];
    if (field === 'data') data.push(value);
    else if (field === 'event') event = value;
    else if (field === 'id') id = value;
  }

  return (piece) => {
    rest += piece;
    // Looked through once for each line, not once for each of the bytes that it may come in.
    if (!/[\r\n]/.test(piece)) return;
    // A `\r` at the end may be half of a `\r\n`.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    lines.forEach(line);
  };
}
