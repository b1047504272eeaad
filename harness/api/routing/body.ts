import { join } from 'node:path';
import type { Request, RequestHandler, Response } from 'express';
import { json, raw, urlencoded } from 'express';
import { AssayerError } from '../../errors.js';
import type { ApiDeps } from '../types.js';
import type { Upload } from '../upload.js';
import { receiveUpload } from '../upload.js';
import { csrfHolds } from './cookies.js';
import type { BodyMedia, Route } from './types.js';
import { parse } from './validate.js';

/** Uploads that are taken in at the same time; each may be unpacking. */
const MAX_UPLOADS = 64;

const readJson = json({ limit: '64kb' });
/** The most that a code host sends is far more; a push of more commits than this is no take-home. */
const readBytes = raw({ limit: '2mb', type: () => true });
const readForm = urlencoded({ extended: false, limit: '256kb', parameterLimit: 2000 });

export interface Body {
  readonly body: unknown;
  readonly bytes: Buffer;
  readonly archive: Upload['archive'];
}

/** Reads and validates what was sent, hands it to `use`, and lets go of the bytes of a file after that. */
export type ReadBody = (req: Request, res: Response, use: (body: Body) => Promise<void>) => Promise<void>;

export const NOTHING = Buffer.alloc(0);

/** A page that is posted to takes at least a form, since that is what carries the CSRF token. */
const FORM: BodyMedia = 'application/x-www-form-urlencoded';

/** @throws AssayerError mediaTypeUnsupported, bodyUnreadable, bodyTooLarge, bodyInvalid, formExpired, tooManyUploads, diskFull */
export function bodyReader(deps: ApiDeps): (route: Route, guarded: boolean) => ReadBody {
  let uploads = 0;

  return (route, guarded) => async (req, res, use) => {
    const schemas = route.body;
    const media = schemas && Object.keys(schemas).find((type) => req.is(type));
    const finish = async (sent: unknown, archive: Upload['archive']): Promise<void> => {
      const values = guarded ? checkForm(req, sent) : sent;
      const schema = media && schemas?.[media as BodyMedia];
      await use({ body: schema ? parse(schema, values, 'body') : undefined, bytes: NOTHING, archive });
    };
    if (route.raw) {
      await read(readBytes, req, res);
      const bytes = Buffer.isBuffer(req.body) ? req.body : NOTHING;
      return use({ body: undefined, bytes, archive: null });
    }
    if (media === 'multipart/form-data') {
      if (uploads >= MAX_UPLOADS) throw new AssayerError('tooManyUploads', {});
      uploads += 1;
      const { stateDir, uploadMb } = deps.config;
      const options = { dir: join(stateDir, 'uploads'), maxBytes: uploadMb * 2 ** 20 };
      try {
        return await receiveUpload(req, options, ({ fields, archive }) => finish(fields, archive));
      } finally {
        uploads -= 1;
      }
    }
    if (media === undefined && schemas) throw unsupported(Object.keys(schemas));
    if (media === 'application/json') await read(readJson, req, res);
    if (media === FORM || (guarded && req.is(FORM))) await read(readForm, req, res);
    await finish(req.body, null);
  };
}

/** The form without its CSRF token, which has to be right. */
function checkForm(req: Request, sent: unknown): unknown {
  const { _csrf, ...values } = (sent ?? {}) as Record<string, unknown>;
  if (!csrfHolds(req, _csrf)) throw new AssayerError('formExpired', {});
  return values;
}

const read = (parser: RequestHandler, req: Request, res: Response): Promise<void> =>
  new Promise((resolve, reject) => {
    void parser(req, res, (error?: unknown) => (error === undefined ? resolve() : reject(error as Error)));
  });

const unsupported = (types: readonly string[]): AssayerError =>
  new AssayerError('mediaTypeUnsupported', { types: types.join(' or ') });
