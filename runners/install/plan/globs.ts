/**
 * Whether a folder's path is one that a glob means: `*` within a name, `**` over any number of folders. Never goes back over
 * what it has matched, so that no pattern of strangers takes longer than its length times that of the path.
 */
export function matchesGlob(glob: string, path: string): boolean {
  const names = path.split('/');
  /** How many names the parts up to here can have taken. */
  let taken = new Set([0]);
  for (const part of glob.split('/')) {
    const next = new Set<number>();
    if (part === '**') {
      for (let count = Math.min(...taken); count <= names.length; count += 1) next.add(count);
    } else {
      for (const count of taken) {
        const name = names[count];
        if (name !== undefined && matchesName(part, name)) next.add(count + 1);
      }
    }
    if (next.size === 0) return false;
    taken = next;
  }
  return taken.has(names.length);
}

/** The pieces between stars must follow each other in the name; the first begins it and the last ends it. */
function matchesName(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split(/\*+/);
  const last = rest.pop();
  if (last === undefined) return first === name;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
