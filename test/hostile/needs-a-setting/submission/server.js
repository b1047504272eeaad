'use strict';
if (!process.env.DATABASE_URL) throw new Error('DATABASE_URL is required, see .env.example');
require('./contract').serve();
