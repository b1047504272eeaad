'use strict';

const { promisify } = require('node:util');
const zlib = require('node:zlib');

const gzip = promisify(zlib.gzip);
const brotli = promisify(zlib.brotliCompress);

/** Cheap settings: we have one CPU, and the second look at a small JSON text gains little. */
const ENCODERS = {
  br: (body) =>
    brotli(body, {
      params: {
        [zlib.constants.BROTLI_PARAM_QUALITY]: 3,
        [zlib.constants.BROTLI_PARAM_LGWIN]: 18,
        [zlib.constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      },
    }),
  gzip: (body) => gzip(body, { level: 5 }),
};

/** The name of the encoding to use, brotli rather than gzip, or null if the client takes neither. */
function pickEncoding(acceptEncoding) {
  if (!acceptEncoding) return null;
  const quality = new Map();
  for (const part of acceptEncoding.toLowerCase().split(',')) {
    const [name, ...parameters] = part.split(';').map((piece) => piece.trim());
    const q = parameters.find((parameter) => /^q\s*=/.test(parameter));
    quality.set(name, q === undefined ? 1 : Number.parseFloat(q.split('=')[1]) || 0);
  }
  const of = (name) => quality.get(name) ?? quality.get('*') ?? 0;
  if (of('br') === 0 && of('gzip') === 0) return null;
  return of('br') >= of('gzip') ? 'br' : 'gzip';
}

module.exports = { pickEncoding, encode: (name, body) => ENCODERS[name](body) };
