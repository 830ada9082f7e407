/** What Paymentwall may answer to a ticket: two errors are documented, and no HTTP status but 200. */
import type { HttpReply } from '../../src/http.ts';
import type { DocumentedAnswer } from './answer.ts';

const OPENED = '{"result":1}';
const NO_ACCESS = '{"result":0,"errors":["You have no access to the developers API"]}';
const NO_NAME = '{"result":0,"errors":["Either ref or uid is required"]}';

export const answers: readonly DocumentedAnswer[] = [
  { answer: 'HTTP 200, result 1: a ticket', reply: replyOf(200, OPENED), concludes: 'accepted' },
  { answer: 'HTTP 200, result "1": a ticket', reply: replyOf(200, '{"result":"1"}'), concludes: 'accepted' },
  { answer: 'HTTP 200, no access', reply: replyOf(200, NO_ACCESS), concludes: 'refused' },
  { answer: 'HTTP 403, no access', reply: replyOf(403, NO_ACCESS), concludes: 'refused' },
  { answer: 'HTTP 200, ref or uid required', reply: replyOf(200, NO_NAME), concludes: 'refused' },
  { answer: 'HTTP 400, ref or uid required', reply: replyOf(400, NO_NAME), concludes: 'refused' },
  { answer: 'HTTP 401, no answer in JSON', reply: replyOf(401, 'Unauthorized'), concludes: 'refused' },
  { answer: 'HTTP 403, no answer in JSON', reply: replyOf(403, 'Forbidden'), concludes: 'refused' },
  {
    answer: 'HTTP 200, an error that is not documented',
    reply: replyOf(200, '{"result":0,"errors":["Ticket exists"]}'),
    concludes: 'unknown',
  },
  { answer: 'HTTP 200, result 0 alone', reply: replyOf(200, '{"result":0}'), concludes: 'unknown' },
  {
    answer: 'HTTP 200, result 1 with an error',
    reply: replyOf(200, '{"result":1,"errors":["You have no access to the developers API"]}'),
    concludes: 'unknown',
  },
  { answer: 'HTTP 200, result true', reply: replyOf(200, '{"result":true}'), concludes: 'unknown' },
  { answer: 'HTTP 200, no result', reply: replyOf(200, '{"errors":[]}'), concludes: 'unknown' },
  { answer: 'HTTP 201, result 1', reply: replyOf(201, OPENED), concludes: 'unknown' },
  { answer: 'HTTP 302, result 1', reply: replyOf(302, OPENED), concludes: 'unknown' },
  { answer: 'HTTP 404, a page', reply: replyOf(404, '<h1>Not Found</h1>'), concludes: 'unknown' },
  { answer: 'HTTP 408, no access', reply: replyOf(408, NO_ACCESS), concludes: 'unknown' },
  { answer: 'HTTP 429, no answer in JSON', reply: replyOf(429, 'Slow down'), concludes: 'unknown' },
  { answer: 'HTTP 500, no access', reply: replyOf(500, NO_ACCESS), concludes: 'unknown' },
  { answer: 'HTTP 502, result 1', reply: replyOf(502, OPENED), concludes: 'unknown' },
  { answer: 'HTTP 200, empty', reply: replyOf(200, ''), concludes: 'unknown' },
  { answer: 'HTTP 200, a login page', reply: replyOf(200, '<html>Log in</html>'), concludes: 'unknown' },
  { answer: 'HTTP 200, half an answer', reply: replyOf(200, '{"result":1'), concludes: 'unknown' },
];

function replyOf(status: number, body: string): () => HttpReply {
  return () => ({ status, body });
}
