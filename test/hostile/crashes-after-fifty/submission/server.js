'use strict';
let count = 0;
require('./contract').serve({
  wrap: (next) => (req, res) => {
    count += 1;
    if (count > 50) return Promise.reject(new Error('pool exhausted'));
    return next(req, res);
  },
});
