'use strict';
require('./contract')
  .serve({ host: '0.0.0.0' })
  .on('listening', () => console.log('\u{1F680} Server ready at http://0.0.0.0:3000 (docs at http://localhost:9999/docs)'));
