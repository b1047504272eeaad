'use strict';
const bcrypt = require('bcrypt');
if (!bcrypt.compareSync('x', bcrypt.hashSync('x', 4))) throw new Error('bcrypt is broken');
require('./contract').serve();
