'use strict';
const MARKUP = '<script>alert(1)</script><img src=x onerror=alert(2)>"\'><svg onload=alert(3)>';
const TRICKS = 'javascript:alert(4) {{constructor}} ${7*7} \u202e\u2066gnp.exe \u001b[2J\u001b]0;owned\u0007 `|*_[x](javascript:alert(5))';

console.log(MARKUP, TRICKS);
console.error(JSON.stringify({ msg: MARKUP, tricks: TRICKS }));

require('./contract').serve({
  wrap: (next) => (req, res) => {
    if (!req.url.startsWith('/api/v1/greet')) return next(req, res);
    console.log(MARKUP, TRICKS);
    res.writeHead(200, { 'content-type': 'text/html', 'x-markup': MARKUP, link: '<javascript:alert(6)>; rel=x' });
    return res.end(JSON.stringify({ message: `${MARKUP} ${TRICKS}` }));
  },
});
