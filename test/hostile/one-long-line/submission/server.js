'use strict';
process.stdout.write('x'.repeat(20e6));
process.stdout.write('\n');
require('./contract').serve();
