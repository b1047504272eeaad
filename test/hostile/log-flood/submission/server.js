'use strict';
const line = `${'flood '.repeat(170)}\n`;
const flood = (stream) => {
  while (stream.write(line));
  stream.once('drain', () => flood(stream));
};

require('./contract').serve().on('listening', () => {
  flood(process.stdout);
  flood(process.stderr);
});
