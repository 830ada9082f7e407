import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { json } from '../../sandbox/simulator.ts';
import { answering, orderTo } from './answering.ts';
import { transaction, tranzzo } from './tranzzoAccount.ts';

const order = orderTo({ payment: '123', details: {} });

async function cancelAnswered(status: number, body: unknown) {
  return tranzzo((await answering(json(status, body))).url).cancel(order);
}

const Codes = z.record(z.string(), z.string());
const Published = z.object({
  status_codes_seen: z.object({ pending: Codes, success: Codes, failure: Codes }),
});
const file = readFileSync(new URL('../vectors/tranzzo-examples.json', import.meta.url), 'utf8');
const { status_codes_seen: codes } = Published.parse(JSON.parse(file));

describe('the answer to a Tranzzo cancellation', () => {
  it.each(Object.entries(codes.failure).filter(([code]) => code !== '6007'))(
    'is refused when the payment had failed with %s (%s)',
    async (code) => {
      const outcome = await cancelAnswered(200, transaction({ status_code: code }));
      expect(outcome).toMatchObject({ type: 'refused', code });
      expect(outcome.says).toMatch(/^It failed by itself \(.+\): nothing to cancel\.$/);
    },
  );

  it.each(Object.entries(codes.success))('is refused when %s says that money moved (%s)', async (code) => {
    const paid = await cancelAnswered(200, transaction({ status: 'success', status_code: code }));
    expect(paid).toEqual({ type: 'refused', code, says: 'Paid: refund it at Tranzzo.' });
  });

  it.each(Object.entries(codes.pending))('is open while it is pending with %s (%s)', async (code) => {
    for (const status of ['pending', 'init', 'failure', 'success']) {
      const { type, says } = await cancelAnswered(200, transaction({ status, status_code: code }));
      expect({ type, says }).toEqual({
        type: 'unknown',
        says: 'Tranzzo has not decided: the payer may be paying right now.',
      });
    }
  });

  it.each([
    ['pending', '1000'],
    ['failure', '1000'],
    ['pending', '4009'],
    ['success', '4009'],
    ['init', '4009'],
    ['success', ''],
  ])('concludes nothing from %s beside the code "%s"', async (status, status_code) => {
    expect((await cancelAnswered(200, transaction({ status, status_code }))).type).toBe('unknown');
  });

  it('names the void for money on hold, and says that it is not offered here', async () => {
    const held = transaction({ method: 'auth', status: 'success', status_code: '1002' });
    expect(await cancelAnswered(200, held)).toEqual({
      type: 'refused',
      code: '1002',
      says: 'The money is on hold, and Countersign does not offer a void: void it at Tranzzo.',
    });
  });

  it.each([
    ['refund', '1004', 'Paid, and paid back at least in part.'],
    ['void', '1009', 'The hold was freed: nothing to cancel.'],
    ['capture', '1000', 'Paid: refund it at Tranzzo.'],
  ])('is refused after a %s', async (method, code, says) => {
    const done = transaction({ method, status: 'success', status_code: code });
    expect(await cancelAnswered(200, done)).toEqual({ type: 'refused', code, says });
  });

  it('concludes nothing from an operation that nobody documented', async () => {
    const credit = transaction({ method: 'credit', status: 'success', status_code: '1000' });
    expect((await cancelAnswered(200, credit)).type).toBe('unknown');
  });
});
