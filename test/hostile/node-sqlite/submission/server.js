'use strict';
const { DatabaseSync } = require('node:sqlite');
const { join } = require('node:path');

const database = new DatabaseSync(join(process.env.DATA_DIR ?? '.', 'notes.sqlite'));
database.exec('PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS starts (at TEXT)');
database.prepare('INSERT INTO starts VALUES (?)').run(new Date().toISOString());
require('./contract').serve();
