'use strict';
const { createServer } = require('node:http');
createServer((_req, res) => res.end('ok')).listen('/tmp/notes.sock', () => console.log('listening'));
