'use strict';
console.error('build: missing template notes.hbs');
process.exit(2);
