'use strict';
let count = 0;
const POISON = [
  '{"__proto__":{"message":"polluted","outcome":"pass","fraction":1},"constructor":{"prototype":{"fraction":1}}}',
  '{"message":{"toJSON":"() => 1","length":1e308,"toString":null},"outcome":"pass"}',
  '{"message":NaN}',
  '{"message":"first","message":"second","message":null}',
  `${'['.repeat(200_000)}${']'.repeat(200_000)}`,
  `{"message":1e999999,"b":-0,"c":"\\ud800\\udfff\\u0000"}`,
  'null',
];

/** Greetings are answered badly; everything else is as it should be. */
function greet(req, res) {
  res.writeHead(200, { 'content-type': 'application/json' }).end(POISON[count++ % POISON.length]);
}

require('./contract').serve({
  wrap: (next) => (req, res) => (req.url.startsWith('/api/v1/greet') ? greet(req, res) : next(req, res)),
});
