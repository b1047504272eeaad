import { createServer } from 'node:http';

const notes = [];

createServer((req, res) => {
  const account = req.headers['x-account-id'];
  let body = '';
  req.on('data', (chunk) => (body += chunk));
  req.on('end', () => {
    if (req.method === 'POST') {
      const note = { id: String(notes.length), text: JSON.parse(body).text, account };
      notes.push(note);
      res.writeHead(201, { location: `/api/v1/notes/${note.id}` });
      return res.end(JSON.stringify(note));
    }
    if (req.url === '/healthz') return res.end('ok');
    const note = notes.find(({ id, account: owner }) => req.url.endsWith(`/${id}`) && owner === account);
    res.statusCode = note ? 200 : 404;
    res.end(JSON.stringify(note ?? {}));
  });
}).listen(Number(process.env.PORT), '0.0.0.0');
