import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import { AssayerError, reasonOf } from '../errors.js';

/** A multipart request, taken in. */
export interface Upload {
  readonly fields: Readonly<Record<string, string>>;
  /** Temporary; gone when `receiveUpload` returns. */
  readonly archive: { readonly path: string; readonly name: string } | null;
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
 * Streams the part named `archive` to a temporary file, hands everything to `use`, and removes the file whatever happens.
 * @throws AssayerError bodyTooLarge as soon as the limit is passed, bodyUnreadable, diskFull
 */
export async function receiveUpload<T>(
  req: IncomingMessage,
  options: UploadOptions,
  use: (upload: Upload) => Promise<T>,
): Promise<T> {
  if (Number(req.headers['content-length'] ?? 0) > options.maxBytes + FORM_BYTES) throw tooLarge(options);
  await mkdir(options.dir, { recursive: true, mode: 0o700 });
  const path = join(options.dir, randomUUID());
  try {
    return await use(await parse(req, path, options));
  } finally {
    await rm(path, { force: true });
  }
}

/** What a server that died left behind. */
export async function sweepUploads(dir: string): Promise<void> {
  for (const name of await readdir(dir).catch(() => [])) await rm(join(dir, name), { force: true });
}

async function parse(req: IncomingMessage, path: string, options: UploadOptions): Promise<Upload> {
  const fields: Record<string, string> = {};
  const stop = new AbortController();
  let archive: Upload['archive'] = null;
  let writing: Promise<void> | null = null;
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
    if (name !== 'archive' || writing) {
      stream.resume();
      return fail(unreadable('a form has one file, in the part named "archive".'));
    }
    archive = { path, name: filename ?? 'archive' };
    writing = store(stream, path, options).catch(fail);
  });
  for (const limit of ['fieldsLimit', 'partsLimit', 'filesLimit'] as const) {
    form.on(limit, () => fail(unreadable('the form has too many parts.')));
  }

  await feed(req, form, stop.signal).catch((error: unknown) => (fault ??= unreadable(`${reasonOf(error)}.`)));
  await writing;
  if (fault !== null) throw fault;
  return { fields, archive };
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

async function store(stream: Readable, path: string, options: UploadOptions): Promise<void> {
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > options.maxBytes) done(tooLarge(options));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(stream, meter, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ENOSPC' || code === 'EDQUOT'
      ? new AssayerError('diskFull', { dir: options.dir }, { cause: error })
      : error;
  }
}

const tooLarge = ({ maxBytes }: UploadOptions): AssayerError =>
  new AssayerError('bodyTooLarge', { limit: `${Math.floor(maxBytes / 2 ** 20)} MiB` });

const unreadable = (problem: string): AssayerError => new AssayerError('bodyUnreadable', { problem });
