'use strict';
const cache = new Map();
for (let count = 0; ; count++) cache.set(`note ${count}`, { count, words: `some words ${count}`.split(' ') });
