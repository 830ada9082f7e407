import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sign } from '../../providers/payfull.ts';
import { orderTo } from './answering.ts';
import { credentials, payfull, simulator } from './payfullAccount.ts';

/** Half past midnight in Turkey, and still the day before in London. */
const now = () => new Date('2026-11-20T21:30:00Z');
const subject = { payment: 'T4U_small', details: {}, key: 'c1042k7f3a9d2e5b8', sent: { reference: null } };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const TIME = /^\d\d-\d\d-\d{4} \d\d:\d\d:\d\d$/;

describe('a cancellation at the Payfull simulator', () => {
  it('whose answer was lost is found by our own id', async () => {
    const sim = await simulator();
    const order = orderTo({ payment: 'T4U_dropped', details: {} });
    expect((await payfull(sim.url).cancel(order)).type).toBe('unknown');
    const evidence = await payfull(sim.url).lookUp({ ...subject, payment: order.payment, key: order.key });
    expect(evidence.standing).toBe('cancelled');
  });

  it('that never arrived is not found', async () => {
    const sim = await simulator();
    expect((await payfull(sim.url).lookUp(subject)).standing).toBe('cannot_tell');
  });

  it('of a sale of yesterday succeeds and is void', async () => {
    const sim = await simulator();
    const order = orderTo({ payment: 'T4U_yesterday', details: {} });
    expect((await payfull(sim.url).cancel(order)).type).toBe('cancelled');
    expect(sim.effects('T4U_yesterday')).toBe(0);
    const evidence = await payfull(sim.url).lookUp({ ...subject, payment: 'T4U_yesterday' });
    expect(evidence).toMatchObject({ standing: 'cannot_tell' });
    expect(evidence.says).toContain('after the end of the day');
  });

  it('has all that is left of the sample on the page', async () => {
    const Sample = z.object({
      request: z.record(z.string(), z.string()),
      response_partial: z.record(z.string(), z.string()),
    });
    const file = readFileSync(new URL('../vectors/payfull-examples.json', import.meta.url), 'utf8');
    const [sample] = z.tuple([Sample], z.unknown()).parse(JSON.parse(file));
    const sim = await simulator();
    const { hash: _notHex = '', ...parameters } = sample.request;
    const { password, merchant } = credentials;
    const sent = { ...parameters, merchant, client_ip: '192.168.1.1', transaction_id: 'T4U_small' };
    const body = new URLSearchParams({ ...sent, hash: sign(sent, password) }).toString();
    const { time, ...rest } = sample.response_partial;
    const reply = await fetch(`${sim.url}/integration/api/v1`, { method: 'POST', headers: FORM, body });
    const Reply = z.looseObject({ time: z.string().regex(TIME) });
    expect(Reply.parse(await reply.json())).toMatchObject(rest);
    expect(time).toMatch(TIME);
  });

  it('is in the list of its day', async () => {
    const sim = await simulator(now);
    const provider = payfull(sim.url, {}, undefined, now);
    await provider.cancel(orderTo({ payment: 'T4U_medium', details: {} }));
    const forgotten = { ...subject, payment: 'T4U_medium', key: 'c2' };
    expect((await provider.lookUp(forgotten)).standing).toBe('cancelled');
    expect(new URLSearchParams(sim.calls.at(-1)?.body).get('day_date')).toBe('21-11-2026');
  });
});
