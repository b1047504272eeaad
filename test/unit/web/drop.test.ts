import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { extract } from 'tar-stream';
import { until } from '../../integration/support/until.js';

const SCRIPT = readFileSync('harness/web/client/drop.js', 'utf8');

/** A file or folder as browsers hand it to a page when it is dropped. */
type Dropped = string | { readonly [name: string]: Dropped };

function entry(name: string, content: Dropped): object {
  if (typeof content === 'string') {
    return { name, isFile: true, file: (use: (file: File) => void) => use(new File([content], name)) };
  }
  // Browsers give the children in several portions, and then none.
  const left = Object.entries(content).map(([child, inner]) => entry(child, inner));
  const readEntries = (use: (some: object[]) => void): void => use(left.splice(0, 1));
  return { name, isDirectory: true, createReader: () => ({ readEntries }) };
}

interface After {
  /** What the page's field holds after the drop. */
  readonly file: File | null;
  readonly says: string;
  /** Why the browser does not send the form; empty when it does. */
  readonly holds: string;
}

async function dropped(item: object, files: readonly File[]): Promise<After> {
  const handlers: Record<string, (event: object) => void> = {};
  const zone = {
    dataset: { maxMb: '1' },
    classList: { toggle: () => undefined },
    addEventListener: (type: string, handle: (event: object) => void) => (handlers[type] = handle),
  };
  let holds = '';
  const input = {
    files: [] as File[],
    setCustomValidity: (words: string) => (holds = words),
    addEventListener: () => undefined,
  };
  const state = { textContent: '' };
  const elements: Record<string, object> = {
    drop: zone,
    archive: input,
    'drop-state': state,
    'drop-hint': {},
  };
  class DataTransfer {
    readonly files: File[] = [];
    readonly items = { add: (file: File) => this.files.push(file) };
  }
  const document = { getElementById: (id: string) => elements[id] };
  const page = createContext({
    document,
    window: { DataTransfer },
    DataTransfer,
    File,
    TextEncoder,
    Uint8Array,
  });
  runInContext(SCRIPT, page);
  handlers['drop']?.({ preventDefault: () => undefined, dataTransfer: { items: [item], files } });
  await until(async () => state.textContent !== 'Reading…' && state.textContent !== '');
  return { file: input.files[0] ?? null, says: state.textContent, holds };
}

async function unpacked(file: File): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const tar = extract();
  tar.end(Buffer.from(await file.arrayBuffer()));
  for await (const one of tar) {
    const parts: Buffer[] = [];
    for await (const part of one) parts.push(part as Buffer);
    found[one.header.name] = Buffer.concat(parts).toString('utf8');
  }
  return found;
}

const drop = (folder: object): ReturnType<typeof dropped> => dropped({ webkitGetAsEntry: () => folder }, []);

test('a folder is packed into one archive, without what is not to be sent', async () => {
  const long = `${'deep/'.repeat(18)}`.split('/').filter(Boolean);
  const nested = long.reduceRight<Dropped>((inner, name) => ({ [name]: inner }), {
    'a-file-of-that-depth.txt': 'deep',
  });
  const { file, says } = await drop(
    entry('service', {
      'package.json': '{"name":"x"}',
      src: { 'índex.js': 'void 0;'.repeat(200) },
      empty: '',
      node_modules: { left: { 'pad.js': '' } },
      '.git': { config: '' },
      nested,
    }),
  );
  expect(says).toContain('4 files packed');
  expect(file?.name).toBe('service.tar');
  expect(await unpacked(file as File)).toEqual({
    'service/package.json': '{"name":"x"}',
    'service/src/índex.js': 'void 0;'.repeat(200),
    'service/empty': '',
    [`service/nested/${long.join('/')}/a-file-of-that-depth.txt`]: 'deep',
  });
});

test('an archive is taken as it is', async () => {
  const archive = new File(['zip'], 'repo.zip');
  const { file, says, holds } = await dropped({ webkitGetAsEntry: () => entry('repo.zip', 'zip') }, [
    archive,
  ]);
  expect(file).toBe(archive);
  expect([says, holds]).toEqual(['repo.zip will be sent.', '']);
});

test('what the server would refuse for its size is held back, and said', async () => {
  const archive = new File([new Uint8Array(2 ** 20 + 1)], 'repo.zip');
  const { says, holds } = await dropped({ webkitGetAsEntry: () => entry('repo.zip', 'zip') }, [archive]);
  expect(holds).toMatch(/^repo\.zip has 2 MiB, and at most 1 MiB are taken\./);
  expect(says).toBe(holds);
});

test('a path that no archive can hold is said, and nothing is sent', async () => {
  const { file, says } = await drop(entry('x'.repeat(120), { ['y'.repeat(120)]: '' }));
  expect(says).toMatch(/^The path .* is too long\.$/);
  expect(file).toBeNull();
});
