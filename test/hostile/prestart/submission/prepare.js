'use strict';
require('node:fs').writeFileSync('prepared.json', '{}');
