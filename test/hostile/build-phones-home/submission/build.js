'use strict';
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { connect } = require('node:net');
const { networkInterfaces } = require('node:os');

const found = Object.keys(networkInterfaces()).filter((name) => name !== 'lo');
if (existsSync('/var/run/docker.sock')) found.push('the socket of the engine');
if (!/NoNewPrivs:\s1/.test(readFileSync('/proc/self/status', 'utf8'))) found.push('new privileges');
if (process.getuid() === 0) found.push('root');
const socket = connect({ host: '192.0.2.1', port: 80, timeout: 2000 });
socket.on('timeout', () => found.push('a route') && socket.destroy()).on('error', () => {});
socket.on('close', () => writeFileSync('built.json', JSON.stringify(found)));
