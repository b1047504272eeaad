'use strict';
fetch('https://config.example.com/notes.json')
  .then((answer) => answer.json())
  .then(() => require('./contract').serve());
