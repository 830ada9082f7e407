import { describe, expect, it } from 'vitest';
import { json } from '../../sandbox/simulator.ts';
import { answering, orderTo } from './answering.ts';
import { key, paymentwall } from './paymentwallAccount.ts';

const order = orderTo({ payment: 'b1563', details: { ticket: '1' } });

describe("Paymentwall's answer to a ticket", () => {
  const access = { result: 0, errors: ['You have no access to the developers API'] };
  const reference = { result: 0, errors: ['Either ref or uid is required'] };

  it.each([
    ['result 1', 200, { result: 1 }, 'accepted'],
    ['result "1"', 200, { result: '1' }, 'accepted'],
    ['result 1 with an error', 200, { result: 1, errors: ['Something else'] }, 'unknown'],
    ['result 1 with a documented error', 200, { result: 1, errors: access.errors }, 'unknown'],
    ['result 1 with HTTP 201', 201, { result: 1 }, 'unknown'],
    ['result 1 with HTTP 403', 403, { result: 1 }, 'unknown'],
    ['result true', 200, { result: true }, 'unknown'],
    ['no access', 200, access, 'refused'],
    ['no access with HTTP 403', 403, access, 'refused'],
    ['no ref or uid', 200, reference, 'refused'],
    ['no ref or uid with result "0"', 400, { ...reference, result: '0' }, 'refused'],
    ['no access with HTTP 408', 408, access, 'unknown'],
    ['no access with HTTP 500', 500, access, 'unknown'],
    ['no access with HTTP 302', 302, access, 'unknown'],
    ['an undocumented error', 200, { result: 0, errors: ['Ticket exists'] }, 'unknown'],
    ['result 0 without errors', 200, { result: 0 }, 'unknown'],
    ['errors without a result', 200, { errors: access.errors }, 'unknown'],
    ['HTTP 401 without a known body', 401, {}, 'refused'],
    ['HTTP 404 without a known body', 404, {}, 'unknown'],
  ])('%s', async (_what, status, body, expected) => {
    const sim = await answering(json(status, body));
    const outcome = await paymentwall(sim.url).cancel(order);
    expect(outcome.type, outcome.says).toBe(expected);
  });

  it('may begin with a byte-order mark', async () => {
    const sim = await answering({ status: 200, contentType: 'text/html', body: '\ufeff{"result":1}' });
    expect((await paymentwall(sim.url).cancel(order)).type).toBe('accepted');
  });

  it('tells the operator what to check when access is refused', async () => {
    const sim = await answering({ status: 401, contentType: 'text/plain', body: 'Unauthorized' });
    expect(await paymentwall(sim.url).cancel(order)).toEqual({
      type: 'refused',
      code: 'http_401',
      says: 'Paymentwall refused access and opened no ticket: check the key, secret and sign_version of this account.',
    });
  });

  it('is quoted when it is not documented, cut and without the project key', async () => {
    const sim = await answering(
      json(200, { result: 0, errors: [`Project ${key} is busy ${'x'.repeat(500)}`] }),
    );
    const outcome = await paymentwall(sim.url).cancel(order);
    expect(outcome.says).toContain('Project … is busy xxx');
    expect(outcome.says).not.toContain(key);
    expect(outcome.says.length).toBeLessThan(300);
  });
});
