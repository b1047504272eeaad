'use strict';
require('./contract').serve({
  wrap: (next) => (req, res) => {
    res.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
    next(req, res);
  },
});
