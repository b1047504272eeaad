'use strict';
const { serve } = require('./contract');
serve();
process.removeAllListeners('SIGTERM');
process.on('SIGTERM', () => setTimeout(() => process.exit(0), 2500));
