import { createHash } from 'node:crypto';
import type { StubReply, UpstreamCall } from 'assayer/kit';

/** One receipt for each text, which nobody else can make up: it depends on the call's token. */
const replies: StubReply[] = [
  {
    method: 'POST',
    path: '/publications',
    status: 201,
    body: (call: UpstreamCall) => ({ receipt: receipt(call) }),
  },
  { status: 404, body: { error: 'not found' } },
];

function receipt(call: UpstreamCall): string {
  return createHash('sha256')
    .update(`${call.headers['authorization'] ?? ''}\n${call.body}`)
    .digest('hex')
    .slice(0, 24);
}

export default replies;
