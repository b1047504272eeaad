'use strict';
let answers = 0;

require('./contract').serve({
  wrap: (next) => (req, res) => {
    next(req, res);
    answers += 1;
    if (answers === 10) setTimeout(() => process.kill(process.pid, 'SIGSTOP'), 10);
  },
});
