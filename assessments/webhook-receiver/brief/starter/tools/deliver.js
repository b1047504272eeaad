// Sends one delivery to the service on port 3000: node tools/deliver.js LOGIN OWNER/REPOSITORY NUMBER
import { randomUUID } from 'node:crypto';
import { mergedPullRequest, signed } from '../checks/deliveries.js';

const [login = 'ada', repository = 'acme/uploader', number = '42'] = process.argv.slice(2);
const body = JSON.stringify(mergedPullRequest({ login, repository, number: Number(number) }));
const response = await fetch('http://127.0.0.1:3000/api/v1/webhooks/github', {
  method: 'POST',
  body,
  headers: signed(body, { secret: 'for-development-only', delivery: randomUUID() }),
});
console.log(response.status, await response.text());
