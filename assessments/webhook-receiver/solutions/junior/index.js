const { randomUUID, createHmac, scryptSync } = require('node:crypto');
const express = require('express');
const compression = require('compression');
const helmet = require('helmet');
const { mint, getStatus, getIssuer } = require('./registry');

const app = express();
const proofs = [];
const credentials = [];
const clients = [];

app.use(helmet());
app.use((req, res, next) => {
  req.id = req.headers['x-request-id'] || randomUUID();
  res.setHeader('X-Request-Id', req.id);
  const path = req.path;
  res.on('finish', () => {
    log('info', 'request', { method: req.method, path, status: res.statusCode, requestId: req.id });
  });
  next();
});

app.get('/api/v1/events', (req, res) => {
  res.setHeader('Content-Type', 'text/event-stream');
  res.flushHeaders();
  clients.push(res);
});

app.use(compression());

function log(level, msg, fields) {
  console.log(JSON.stringify({ time: new Date().toISOString(), level, msg, ...fields }));
}

function problem(res, status, title, detail, errors) {
  res.status(status).type('application/problem+json').send(JSON.stringify({ title, status, detail, errors }));
}

let eventId = 0;
function publish(event, proof) {
  eventId++;
  for (const client of clients) {
    client.write(`id: ${eventId}\nevent: ${event}\ndata: ${JSON.stringify(proof)}\n\n`);
  }
}

function checkType(req, res, next) {
  if (!req.is('application/json'))
    return problem(res, 415, 'Unsupported Media Type', 'Send application/json');
  next();
}

function checkSignature(req, res, next) {
  const body = JSON.stringify(req.body);
  const expected =
    'sha256=' + createHmac('sha256', process.env.GITHUB_WEBHOOK_SECRET).update(body).digest('hex');
  if (req.headers['x-hub-signature-256'] !== expected) {
    return problem(res, 401, 'Unauthorized', 'The signature is wrong');
  }
  next();
}

function validate(body) {
  const errors = [];
  const pr = body.pull_request;
  const check = (field, ok) => {
    if (!ok) errors.push({ field, reason: 'is missing or of the wrong type' });
  };
  check('pull_request.id', Number.isInteger(pr.id));
  check('pull_request.number', Number.isInteger(pr.number));
  check('pull_request.title', typeof pr.title === 'string');
  check('pull_request.html_url', typeof pr.html_url === 'string');
  check('pull_request.merged_at', typeof pr.merged_at === 'string');
  check('pull_request.user.login', typeof pr.user?.login === 'string');
  check('repository.full_name', typeof body.repository?.full_name === 'string');
  return errors;
}

async function mintUntilItWorks(proof, requestId) {
  while (proof.status === 'pending') {
    try {
      const credential = await mint(proof, requestId);
      credentials.push({
        id: credential.id,
        proofId: proof.id,
        contributor: proof.contributor,
        repository: proof.repository,
        issuedAt: credential.issuedAt,
      });
      proof.status = 'minted';
      proof.credentialId = credential.id;
      publish('proof.minted', proof);
    } catch (error) {
      log('warn', 'mint failed', { proofId: proof.id, reason: error.message });
      await new Promise((resolve) => setTimeout(resolve, Number(process.env.RETRY_BASE_MS || 500)));
    }
  }
}

app
  .route('/api/v1/webhooks/github')
  .post(checkType, express.json({ limit: 262144 }), checkSignature, (req, res) => {
    const event = req.headers['x-github-event'];
    if (!event || !req.headers['x-github-delivery']) {
      return problem(res, 400, 'Bad Request', 'A GitHub header is missing');
    }
    const pr = req.body.pull_request;
    if (event !== 'pull_request' || req.body.action !== 'closed' || !pr || !pr.merged) {
      return res.json({ status: 'ignored', proofId: null });
    }
    const errors = validate(req.body);
    if (errors.length > 0) {
      log('warn', 'invalid delivery', { requestId: req.id, body: req.body });
      return problem(res, 422, 'Unprocessable Content', 'Some fields are wrong', errors);
    }
    const known = proofs.find((proof) => proof.pullRequest.id === pr.id);
    if (known) return res.json({ status: 'duplicate', proofId: known.id });
    const proof = {
      id: randomUUID(),
      contributor: pr.user.login,
      repository: req.body.repository.full_name,
      pullRequest: { id: pr.id, number: pr.number, title: pr.title, url: pr.html_url },
      mergedAt: pr.merged_at,
      status: 'pending',
      credentialId: null,
      failure: null,
      createdAt: new Date().toISOString(),
    };
    proofs.unshift(proof);
    publish('proof.created', proof);
    mintUntilItWorks(proof, req.id);
    res.status(202).json({ status: 'accepted', proofId: proof.id });
  })
  .all(onlyAllow('POST'));

function onlyAllow(methods) {
  return (req, res) => {
    res.setHeader('Allow', methods);
    problem(res, 405, 'Method Not Allowed', 'Allowed: ' + methods);
  };
}

function page(list, req) {
  const limit = Number(req.query.limit || 20);
  const start = Number(req.query.cursor || 0);
  let items = list;
  if (req.query.contributor) items = items.filter((item) => item.contributor === req.query.contributor);
  if (req.query.status) items = items.filter((item) => item.status === req.query.status);
  const more = items.length > start + limit;
  return { items: items.slice(start, start + limit), nextCursor: more ? String(start + limit) : null };
}

app
  .route('/api/v1/proofs')
  .get((req, res) => res.json(page(proofs, req)))
  .all(onlyAllow('GET'));
app
  .route('/api/v1/credentials')
  .get((req, res) => res.json(page([...credentials].reverse(), req)))
  .all(onlyAllow('GET'));

app
  .route('/api/v1/proofs/:id')
  .get((req, res) => {
    const proof = proofs.find((item) => item.id === req.params.id);
    if (!proof) return problem(res, 404, 'Not Found', 'No such proof');
    res.json(proof);
  })
  .all(onlyAllow('GET'));

app
  .route('/api/v1/proofs/:id/commitment')
  .get((req, res) => {
    const proof = proofs.find((item) => item.id === req.params.id);
    if (!proof) return problem(res, 404, 'Not Found', 'No such proof');
    const password = `${proof.contributor}:${proof.repository}:${proof.pullRequest.number}`;
    const commitment = scryptSync(password, proof.id, 32, { N: 16384, r: 8, p: 1 }).toString('hex');
    res.json({ proofId: proof.id, algorithm: 'scrypt', commitment });
  })
  .all(onlyAllow('GET'));

app
  .route('/api/v1/credentials/:id')
  .get((req, res) => {
    const credential = credentials.find((item) => item.id === req.params.id);
    if (!credential) return problem(res, 404, 'Not Found', 'No such credential');
    res.json(credential);
  })
  .all(onlyAllow('GET'));

app
  .route('/api/v1/credential-status')
  .get(async (req, res) => {
    const ids = (req.query.ids || '').split(',');
    if (!ids.every((id) => id.startsWith('crd_'))) {
      return problem(res, 400, 'Bad Request', 'ids is wrong', [
        { field: 'ids', reason: 'must be credential ids' },
      ]);
    }
    const items = await Promise.all(ids.map((id) => getStatus(id)));
    res.json({ items, failed: [] });
  })
  .all(onlyAllow('GET'));

let issuer;
app
  .route('/api/v1/issuer')
  .get(async (req, res) => {
    try {
      if (!issuer) issuer = await getIssuer();
      res.json(issuer);
    } catch (error) {
      problem(res, 502, 'Bad Gateway', 'The registry failed');
    }
  })
  .all(onlyAllow('GET'));

app.get('/healthz', (req, res) => res.json({ status: 'ok' }));
app.get('/readyz', (req, res) => res.json({ status: 'ready' }));

app.use((req, res) => problem(res, 404, 'Not Found', 'Nothing is here'));
app.use((err, req, res, next) => {
  const status = err.status || 500;
  problem(res, status, 'Error', status < 500 ? err.message : 'Something went wrong');
});

app.listen(process.env.PORT || 3000, () => log('info', 'listening'));
