// Broken in an ordinary way: it runs on its author's machine, where express is installed, and package.json does not say so.
const express = require('express');

const app = express();
app.get('/healthz', (req, res) => res.json({ status: 'ok' }));
app.listen(process.env.PORT);
