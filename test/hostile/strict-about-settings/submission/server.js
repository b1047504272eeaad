'use strict';
const { accessSync, constants } = require('node:fs');

const problems = ['PORT', 'DATA_DIR', 'REGISTRY_URL', 'REGISTRY_TOKEN'].filter((name) => !process.env[name]);
if (problems.length > 0) throw new Error(`not set: ${problems.join(', ')}`);
if (!/^\d+$/.test(process.env.PORT)) throw new Error('PORT is no number');
accessSync(process.env.DATA_DIR, constants.R_OK | constants.W_OK);
new URL(process.env.REGISTRY_URL);
require('./contract').serve();
