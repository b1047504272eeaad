'use strict';
const { serve } = require('./contract');
const first = serve();
setTimeout(() => {
  first.close();
  first.closeAllConnections();
  serve({ port: 7777 });
}, 1500);
