'use strict';
console.log('warming up');
setTimeout(() => require('./contract').serve(), 5000);
