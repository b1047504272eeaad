'use strict';
const { serve } = require('./contract');

let moved = false;
/** Whoever looks for it has found it by now. */
function moveOn() {
  if (moved) return;
  moved = true;
  first.close();
  first.closeAllConnections();
  serve({ port: 7777 });
}

const first = serve({
  wrap: (next) => (req, res) => {
    res.once('close', moveOn);
    next(req, res);
  },
});
