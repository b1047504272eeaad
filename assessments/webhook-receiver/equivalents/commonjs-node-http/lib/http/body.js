'use strict';

const { Problem } = require('./problem');

/** For how long a body that is too long is still taken off the line. */
const PATIENCE_MS = 3_000;

/** Resolves to the bytes of the body; rejects with a 413 once there are more than `most`, whatever was announced. */
function readBytes(request, most) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    let size = 0;
    const take = (chunk) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > most) refuse();
    };
    const refuse = () => {
      request.off('data', take);
      chunks.length = 0;
      discardRest(request);
      reject(new Problem(413, `A body may have ${most} bytes at most.`));
    };
    request.once('error', () => reject(new Problem(400, 'The body broke off.')));
    request.once('end', () => resolve(Buffer.concat(chunks)));
    if (Number(request.headers['content-length']) > most) refuse();
    else request.on('data', take);
  });
}

/** A client that is still sending does not listen yet; closing on it now would lose it the answer. */
function discardRest(request) {
  request.resume();
  const hangUp = setTimeout(() => request.destroy(), PATIENCE_MS);
  request.once('close', () => clearTimeout(hangUp));
}

module.exports = { readBytes };
