/** Where each of several runs stands: on a terminal as lines that change in place, elsewhere as a line for each change. */
export interface Board {
  update(name: string, text: string): void;
}

export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export function openBoard(names: readonly string[], screen: Screen): Board {
  const width = Math.max(...names.map((name) => name.length));
  const lines = new Map(names.map((name) => [name, 'sent']));
  const line = (name: string): string => `  ${name.padEnd(width)}  ${lines.get(name) ?? ''}`;
  const inPlace = screen.isTTY === true && process.env['TERM'] !== 'dumb';
  if (inPlace) screen.write(names.map((name) => `${line(name)}\n`).join(''));

  return {
    update(name, text) {
      if (lines.get(name) === text) return;
      lines.set(name, text);
      // Up to the first line, then each anew, erased to its end.
      if (inPlace)
        screen.write(`\x1b[${names.length}A${names.map((one) => `\r${line(one)}\x1b[K\n`).join('')}`);
      else screen.write(`${line(name)}\n`);
    },
  };
}
