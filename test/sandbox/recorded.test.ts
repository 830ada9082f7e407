import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startSibsSimulator } from '../../sandbox/sibs.ts';
import type { Simulator } from '../../sandbox/simulator.ts';
import { startTranzzoSimulator } from '../../sandbox/tranzzo.ts';

const Recorded = z.object({
  examples: z.array(z.object({ name: z.string(), request: z.unknown(), response: z.unknown() })),
});

/** The body of a request or an answer that the provider published. */
function recorded(file: string, name: string, part: 'request' | 'response'): unknown {
  const text = readFileSync(new URL(`../vectors/${file}`, import.meta.url), 'utf8');
  const example = Recorded.parse(JSON.parse(text)).examples.find((each) => each.name === name);
  return z.object({ body: z.unknown() }).parse(example?.[part]).body;
}

/** Every field with the kind of its value, such as `amount.currency: string`. A null could be of any kind. */
function fieldsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => fieldsOf(item, `${path}[]`));
  if (typeof value !== 'object' || value === null)
    return [`${path}: ${value === null ? 'any' : typeof value}`];
  return Object.entries(value).flatMap(([name, member]) => fieldsOf(member, `${path}.${name}`));
}

/** What the simulator says beyond the recorded answer, or in another kind of value. */
function beyond(answer: unknown, example: unknown): string[] {
  const known = new Set(fieldsOf(example));
  return fieldsOf(answer).filter(
    (field) => !known.has(field) && !known.has(field.replace(/: \w+$/, ': any')),
  );
}

describe('a simulator answers in the fields of the recorded example', () => {
  const running: Simulator[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
  });

  it('Tranzzo, of a cancellation and of wrong credentials', async () => {
    const pos = 'dc728de1-51ef-4ef1-80f7-3b44b07b5667';
    const keys = { endpoints_key: 'key-1', api_key: 'key-2', api_secret: 'key-3' };
    const simulator = await startTranzzoSimulator({ pos_id: pos, ...keys });
    running.push(simulator);
    const headers = {
      'x-api-key': 'key-1',
      'x-api-auth': 'CPAY key-2:key-3',
      'content-type': 'application/json',
    };
    const address = `${simulator.url}/api/v1/pos/${pos}/order`;

    const reply = await fetch(`${address}/order-1001-unpaid/cancel`, { method: 'POST', headers, body: '{}' });
    const cancelled: unknown = await reply.json();
    const example = recorded('tranzzo-examples.json', 'cancel unpaid hosted payment: success', 'response');
    expect(beyond(cancelled, example)).toEqual([]);
    expect(cancelled).toMatchObject([
      { status: 'failure', status_code: '6007', mode: 'hosted', method: 'purchase' },
    ]);

    const stranger = { ...headers, 'x-api-key': 'another' };
    expect(await (await fetch(`${address}s/0`, { headers: stranger })).json()).toEqual(
      recorded('tranzzo-examples.json', 'bad or missing credentials / pos_id', 'response'),
    );
  });

  it('SIBS, of a look-up and of a cancellation that is asked for as the page shows it', async () => {
    const simulator = await startSibsSimulator({
      terminal_id: '24',
      token: 'token-1',
      client_id: 'client-1',
    });
    running.push(simulator);
    const headers = {
      authorization: 'Bearer token-1',
      'x-ibm-client-id': 'client-1',
      'content-type': 'application/json',
    };
    const address = `${simulator.url}/payments/holdSmall1001`;
    const Status = z.looseObject({ execution: z.object({ startTime: z.string() }) });
    const status = Status.parse(await (await fetch(`${address}/status`, { headers })).json());
    expect(beyond(status, recorded('sibs-examples.json', 'status: PayByLink paid', 'response'))).toEqual([]);

    const Request = z.object({ merchant: z.looseObject({}), transaction: z.looseObject({}) });
    const page = Request.parse(recorded('sibs-examples.json', 'cancellation request (PL)', 'request'));
    const originalTransaction = { id: 'holdSmall1001', datetime: status.execution.startTime };
    const body = JSON.stringify({ ...page, transaction: { ...page.transaction, originalTransaction } });
    const reply = await fetch(`${address}/cancellation`, { method: 'POST', headers, body });
    const cancelled: unknown = await reply.json();
    const example = recorded('sibs-examples.json', 'cancellation answer, field set', 'response');
    expect(beyond(cancelled, example)).toEqual([]);
    expect(cancelled).toMatchObject({ paymentStatus: 'Success', returnStatus: { statusCode: '000' } });
  });
});
