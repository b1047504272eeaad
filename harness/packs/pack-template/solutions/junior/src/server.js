import http from 'node:http';

let notes = [];

http
  .createServer((req, res) => {
    if (req.method === 'POST') {
      req.on('data', (data) => {
        notes.push(JSON.parse(data));
        res.writeHead(201, { Location: '/api/v1/notes/' + (notes.length - 1) });
        res.end();
      });
    } else {
      res.end(JSON.stringify(notes[req.url.split('/').pop()] || {}));
    }
  })
  .listen(process.env.PORT, '0.0.0.0');
