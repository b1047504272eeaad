'use strict';
console.log('waiting for the database');
setInterval(() => {}, 1000);
