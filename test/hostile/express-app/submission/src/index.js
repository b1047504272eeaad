'use strict';
const express = require('express');
const { load, respond } = require('../contract');

load();
const app = express();
app.use((req, res) => respond(req, res));
const server = app.listen(process.env.PORT || 3000, () => console.log('listening'));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
