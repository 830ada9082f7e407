import { describe, expect, it } from 'vitest';
import { createProvider } from '../../providers/index.ts';
import { TICKET_FIELD, type TicketRule } from '../../src/domain/ticket.ts';
import { createHttp } from '../../src/httpClient.ts';
import { askForm } from '../../src/slack/askForm.ts';
import { createCheckAsk } from '../../src/usecases/checkAsk.ts';
import { readView } from '../fakes/slack/limits.ts';

const account = {
  provider: 'payfull',
  url: 'https://shop.example',
  merchant: 'shop',
  password: 'shop-password',
  client_ip: '192.0.2.10',
  language: 'en',
} as const;
const provider = createProvider(account, createHttp({ timeoutMs: 1000, maxBodyBytes: 1000 }));

const anything: TicketRule = { required: false, looksLike: null, fits: () => true };
const required: TicketRule = { required: true, looksLike: 'a number such as HELP-1', fits: () => true };

function inputFor(ticket: TicketRule, filled = {}) {
  const form = askForm({ account: 'shop-tr', provider, ticket }, filled, 'Anna');
  readView(form, 'modal');
  return form.blocks.find((block) => block.block_id === TICKET_FIELD);
}

describe('the form asks for a ticket', () => {
  it('that may be left out, and that names nobody', () => {
    expect(inputFor(anything)).toMatchObject({
      optional: true,
      hint: {
        text: 'A link to your ticket, or its number. It stays in the record, so it must name nobody.',
      },
    });
  });

  it('that is required, in the words of the house', () => {
    expect(inputFor(required)).toMatchObject({
      optional: false,
      hint: { text: 'Here: a number such as HELP-1.' },
    });
  });

  it('that is filled in already, when another request had one', () => {
    expect(inputFor(anything, { [TICKET_FIELD]: 'HELP-7' })).toMatchObject({
      element: { initial_value: 'HELP-7' },
    });
  });
});

const ask = { account: 'shop-tr', fields: { transaction_id: 'T4U_1' }, reason: 'Paid twice' };

const check = (ticket: TicketRule) => createCheckAsk({ providers: new Map([['shop-tr', provider]]), ticket });

describe('what was typed for a ticket', () => {
  it('is kept without the blanks around it, and as nothing when it is only blanks', () => {
    expect(check(anything)({ ...ask, ticket: ' HELP-7 ' })).toMatchObject({ ask: { ticket: 'HELP-7' } });
    expect(check(anything)({ ...ask, ticket: '  ' })).toMatchObject({ ask: { ticket: null } });
  });

  it.each([
    ['missing', required, ' ', 'Name the ticket: a number such as HELP-1.'],
    ['too long', anything, 'x'.repeat(201), 'Keep the ticket within 200 characters.'],
    [
      'nothing of the kind',
      { ...anything, fits: () => false },
      'x',
      'This is not a ticket as it is wanted here: a link that begins with https://, or a number without spaces.',
    ],
  ])('is told at its field when it is %s', (_what, rule, ticket, sentence) => {
    expect(check(rule)({ ...ask, ticket })).toEqual({ ok: false, faults: { [TICKET_FIELD]: sentence } });
  });
});
