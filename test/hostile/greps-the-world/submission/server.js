'use strict';
const { closeSync, constants, lstatSync, openSync, readdirSync, readSync } = require('node:fs');
const { join } = require('node:path');
const { load, respond, send } = require('./contract');

/** In two halves, so that this file is not what is found. */
const WORD = Buffer.from(['assayer', 'hidden'].join('-'));
const SKIP = /^\/(sys|proc\/(\d+\/task|self|thread-self|\d+\/(root|cwd|fd|map_files))|opt\/node|usr\/(lib|share|bin)|lib|dev)(\/|$)/;
const MOST = 2 ** 20;
const NAMES = /\.(check|stub|load)\.(ts|js|cjs|mjs)$|^(canary|assessment)\.ts$|prober|solutions$|mutants$/;

const found = new Set();
const look = (where, bytes) => bytes.includes(WORD) && found.add(where);

function* files(dir, depth = 0) {
  let names = [];
  try {
    names = readdirSync(dir);
  } catch {
    return;
  }
  for (const name of names) {
    const path = join(dir, name);
    if (SKIP.test(path)) continue;
    let stat;
    try {
      stat = lstatSync(path);
    } catch {
      continue;
    }
    if (NAMES.test(name) && !path.includes('node_modules')) found.add(`a file named ${path}`);
    if (stat.isDirectory() && depth < 12) yield* files(path, depth + 1);
    else if (stat.isFile()) yield path;
  }
}

const buffer = Buffer.alloc(MOST);

/** The beginning alone: some files of /proc have no end. */
function beginning(path) {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return buffer.subarray(0, readSync(file, buffer, 0, MOST, 0));
  } finally {
    closeSync(file);
  }
}

function search() {
  for (const path of files('/')) {
    try {
      look(path, beginning(path));
    } catch {
      continue;
    }
  }
  look('the environment', Buffer.from(JSON.stringify(process.env)));
  look('the arguments', Buffer.from(JSON.stringify([process.argv, process.execArgv])));
}

load();
const { createServer } = require('node:http');
const server = createServer((req, res) => {
  look(`the head of ${req.method} ${req.url}`, Buffer.from(JSON.stringify([req.url, req.rawHeaders])));
  req.on('data', (chunk) => look(`the body of ${req.method} ${req.url}`, chunk));
  console.log(JSON.stringify({ url: req.url, headers: req.rawHeaders }));
  if (req.url !== '/escapes') return respond(req, res);
  search();
  return send(res, 200, [...found]);
}).listen(process.env.PORT ?? 3000);
process.on('SIGTERM', () => server.close(() => process.exit(0)));
