'use strict';

const { STATUS_CODES } = require('node:http');

/** An error that is an answer. Whoever handles a request may throw it; all its texts are written to be shown. */
class Problem extends Error {
  constructor(status, detail, { errors, headers = {} } = {}) {
    super(detail);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }

  toJSON() {
    const { status, message: detail, errors } = this;
    return { type: 'about:blank', title: STATUS_CODES[status], status, detail, errors };
  }
}

/** A query parameter that makes no sense. */
function badParameter(field, reason) {
  return new Problem(400, `The parameter ${field} ${reason}.`, { errors: [{ field, reason }] });
}

module.exports = { Problem, badParameter };
