import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat, unlink, type FileHandle } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import busboy from 'busboy';
import { AssayerError, reasonOf } from '../errors.js';
import { isFull } from '../intake/index.js';
import type { IntakeSource } from '../intake/types.js';

/** A multipart request, taken in. */
export interface Upload {
  readonly fields: Readonly<Record<string, string>>;
  /** Its bytes are gone when `receiveUpload` returns. */
  readonly archive: { readonly source: IntakeSource; readonly name: string } | null;
}

export interface UploadOptions {
  /** For temporary files. */
  readonly dir: string;
  readonly maxBytes: number;
}

const MAX_FIELDS = 10;
/** Boundaries and part headers of a form of ours. */
const FORM_BYTES = 64 * 1024;

/**
 * Takes in the part named `archive`, hands everything to `use`, and leaves nothing of it whatever happens.
 * @throws AssayerError bodyTooLarge as soon as the limit is passed, bodyUnreadable, diskFull
 */
export async function receiveUpload<T>(
  req: IncomingMessage,
  options: UploadOptions,
  use: (upload: Upload) => Promise<T>,
): Promise<T> {
  if (Number(req.headers['content-length'] ?? 0) > options.maxBytes + FORM_BYTES)
    throw tooLarge(options.maxBytes);
  const path = join(options.dir, randomUUID());
  const upload = await parse(req, path, options);
  try {
    return await use(upload);
  } finally {
    if (upload.archive?.source.kind === 'archiveFile') await unlink(path);
  }
}

/** No request may take as long. */
const STALE_MS = 15 * 60_000;

/** Makes the folder, and empties it of what a server that died left behind. What another one is receiving stays. */
export async function prepareUploads(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  for (const name of await readdir(dir).catch(() => [])) {
    const path = join(dir, name);
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > STALE_MS) await rm(path, { force: true });
  }
}

async function parse(req: IncomingMessage, path: string, options: UploadOptions): Promise<Upload> {
  const fields: Record<string, string> = {};
  const stop = new AbortController();
  const archives: Promise<Upload['archive']>[] = [];
  let fault: unknown = null;
  const fail = (error: unknown): void => {
    fault ??= error;
    stop.abort();
  };

  const form = openForm(req);
  form.on('field', (name, value, { nameTruncated, valueTruncated }) => {
    if (nameTruncated || valueTruncated) fail(unreadable(`the field ${name} is too long.`));
    fields[name] = value;
  });
  form.on('file', (name, stream, { filename }) => {
    // So a browser sends a field in which no file was chosen.
    if (!filename) return void stream.resume();
    if (name !== 'archive' || archives.length > 0) {
      stream.resume();
      return fail(unreadable('a form has one file, in the part named "archive".'));
    }
    const stored = store(stream, path, options).then((source) => ({ source, name: filename }));
    archives.push(stored.catch((error: unknown) => (fail(error), null)));
  });
  for (const limit of ['fieldsLimit', 'partsLimit', 'filesLimit'] as const) {
    form.on(limit, () => fail(unreadable('the form has too many parts.')));
  }

  await feed(req, form, stop.signal).catch((error: unknown) => (fault ??= unreadable(`${reasonOf(error)}.`)));
  const [archive = null] = await Promise.all(archives);
  if (fault === null) return { fields, archive };
  await rm(path, { force: true });
  throw fault;
}

/** Not `pipeline`, which would end the connection at a fault, and with it the way of our answer. */
async function feed(req: IncomingMessage, form: busboy.Busboy, stop: AbortSignal): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      form.once('close', resolve).once('error', reject);
      stop.addEventListener('abort', () => resolve(), { once: true });
      req
        .once('error', reject)
        .once('close', () => req.complete || reject(new Error('the upload broke off')));
      req.pipe(form);
    });
  } finally {
    req.unpipe(form);
    form.once('error', () => undefined).destroy();
  }
}

function openForm(req: IncomingMessage): busboy.Busboy {
  const limits = { files: 1, fields: MAX_FIELDS, parts: MAX_FIELDS + 1, fieldSize: 2048, fieldNameSize: 100 };
  try {
    return busboy({ headers: req.headers, limits });
  } catch (error) {
    throw unreadable(`${reasonOf(error)}.`);
  }
}

/** Up to here an upload is held in memory: most need no file at all. */
const IN_MEMORY_BYTES = 256 * 1024;

/** Takes the part to its end, into memory or, when it is larger, into a file. */
async function store(
  stream: Readable,
  path: string,
  { maxBytes, dir }: UploadOptions,
): Promise<IntakeSource> {
  let held: Buffer[] = [];
  let size = 0;
  let file: FileHandle | null = null;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      held.push(chunk);
      if (size <= IN_MEMORY_BYTES) continue;
      file ??= await open(path, 'wx', 0o600);
      for (const part of held) await file.writeFile(part);
      held = [];
    }
  } catch (error) {
    const full = isFull(error);
    throw full ? new AssayerError('diskFull', { dir }, { cause: error }) : error;
  } finally {
    await file?.close();
  }
  if (file) return { kind: 'archiveFile', path };
  return { kind: 'archiveStream', stream: Readable.from(held) };
}

const tooLarge = (maxBytes: number): AssayerError =>
  new AssayerError('bodyTooLarge', { limit: `${Math.floor(maxBytes / 2 ** 20)} MiB` });

const unreadable = (problem: string): AssayerError => new AssayerError('bodyUnreadable', { problem });
