'use strict';
const { serve } = require('./contract';
serve();
