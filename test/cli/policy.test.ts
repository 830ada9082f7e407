import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type } from '../fakes/commandLine.ts';
import { explain as explainTo, type Question } from '../../src/cli/run/explain.ts';
import { read, secrets, settingsWith } from '../config/example.ts';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/server.ts';

const changes = {
  groups: { finance: ['U_PAVEL', 'S_FINANCE'], risk: ['S_RISK'], support: ['U_MARIA'] },
  'policy.tiers': [
    { name: 'subscription', tickets: ['recurring'], approvals: { finance: 1 } },
    {
      name: 'night',
      hours: '20:00-08:00 Europe/Warsaw',
      up_to: { PLN: 1000, JPY: 20000 },
      part: false,
      approvals: { finance: 2 },
      askers: ['support'],
      deadline: '90m',
      step_up: 'I called the customer.',
    },
    { accounts: ['shop-pl'], up_to: { PLN: 1000 }, approvals: { finance: 1 } },
    { approvals: { finance: 1, risk: 1 } },
  ],
};

describe('countersign policy explain', () => {
  let slack: FakeSlack;
  let folder: string;
  let environment: Record<string, string>;
  beforeAll(async () => {
    slack = await startFakeSlack({ transport: 'socket' });
    put('S_FINANCE', ['U_LENA', 'U_GINA']);
    put('S_RISK', ['U_TOM']);
    folder = await mkdtemp(join(tmpdir(), 'countersign-policy-'));
    const config = join(folder, 'countersign.yaml');
    await writeFile(config, stringify(settingsWith(changes)));
    environment = {
      ...secrets,
      COUNTERSIGN_CONFIG: config,
      SLACK_BOT_TOKEN: slack.tokens.bot,
      SLACK_API_URL: slack.apiUrl,
    };
  });
  afterAll(async () => {
    await slack.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function put(id: string, users: readonly string[]): void {
    slack.workspace.people.groups.set(id, { id, users });
  }

  function explain(typed: string, more: Record<string, string> = {}) {
    return type(['policy', 'explain', ...typed.split(' ')], {
      folder,
      environment: { ...environment, ...more },
    });
  }

  it('says which tier applies, what it wants, and who could approve now', async () => {
    const { status, out, err } = await explain('shop-tr 1000 pln --at 21:30');
    expect(err).toBe('');
    expect(out.replaceAll('\u00a0', ' ')).toMatch(
      /^1 000\.00 PLN at shop-tr \(payfull\) falls under tier 2 of 4, night\.\n/,
    );
    expect(out.replaceAll('\u00a0', ' ')).toContain(`
  conditions  up to 1 000.00 PLN or 20 000 JPY, a whole payment, 20:00 to 08:00 Europe/Warsaw
  approvals   2 of finance
  may ask     people of support
  deadline    90 min
  to confirm  I called the customer.
  policy      version `);
    expect(out).toContain(`Could approve now, if they did not ask themselves:
  2 of finance: Pavel Example (U_PAVEL), Lena Example (U_LENA)
`);
    expect(status).toBe(0);
  });

  it('ends with 1 when nobody could approve', async () => {
    put('S_RISK', ['U_DORA']);
    const { status, out } = await explain('shop-pl 5000 PLN');
    expect(out).toContain('Nobody could approve this now, for the lack of people in risk:');
    expect(out).toContain('1 of risk: nobody');
    expect(status).toBe(1);
    put('S_RISK', ['U_TOM']);
  });

  it.each([
    ['there is no token', { SLACK_BOT_TOKEN: '' }, 'SLACK_BOT_TOKEN is not set'],
    ['the token is refused', { SLACK_BOT_TOKEN: 'xoxb-another' }, 'invalid_auth'],
  ])('ends with 2, and with what the settings say, when %s', async (_what, more, why) => {
    const { status, out } = await explain('shop-pl 5000 PLN', more);
    expect(out).toContain('Slack could not be asked who could approve now (');
    expect(out).toContain(why);
    expect(out).toContain('1 of finance: U_PAVEL, whoever is in the user group S_FINANCE');
    expect(status).toBe(2);
  });

  it.each([
    ['shop-xx 5 PLN', 'There is no account shop-xx; there are game-world, shop-tr, shop-pl, hotel-kz.'],
    ['shop-pl 5 PLN --at 25:00', '--at must be a time such as 09:00'],
  ])('refuses %s with a sentence', async (typed, says) => {
    const { status, err } = await explain(typed);
    expect(err).toContain(says);
    expect(status).toBe(1);
  });
});

describe('what the policy says', () => {
  const result = read(settingsWith(changes));
  if (!result.ok) throw new Error(result.faults.join());
  const { settings } = result;
  const asked: Question = {
    account: 'shop-pl',
    amount: '1000',
    currency: 'PLN',
    part: false,
    at: '12:00',
    ticket: undefined,
  };
  const night = { at: '21:30' };
  const game = { account: 'game-world', amount: '5', currency: 'USD' };
  const first = (changed: Partial<Question>, now = new Date()) =>
    explainTo(settings, { ...asked, ...changed }, now).lines[0];

  it.each<[string, Partial<Question>, string]>([
    ['of the largest amount of a tier', {}, 'tier 3 of 4.'],
    ['of one that is larger', { amount: '1000.01' }, 'tier 4 of 4.'],
    ['of one that nobody knows', { amount: 'unknown' }, 'tier 4 of 4.'],
    ['at night', night, 'tier 2 of 4, night.'],
    ['of a part at night', { ...night, part: true }, 'tier 3 of 4.'],
    ['of the kind of ticket that the form has first', game, 'ticket: refund) falls under tier 4 of 4.'],
    ['of another kind of ticket', { ...game, ticket: 'recurring' }, 'tier 1 of 4, subscription.'],
  ])('%s', (_what, changed, says) => {
    expect(first(changed)).toContain(says);
  });

  it.each([
    ['2026-03-29T17:59:00Z', 'tier 3 of 4.'],
    ['2026-03-29T18:00:00Z', 'tier 2 of 4, night.'],
    ['2026-10-25T06:59:00Z', 'tier 2 of 4, night.'],
    ['2026-10-25T07:00:00Z', 'tier 3 of 4.'],
  ])('at %s, where no time is given', (now, says) => {
    expect(first({ at: undefined }, new Date(now))).toContain(says);
  });

  it.each<[string, Partial<Question>, string]>([
    [
      'an amount finer than its currency',
      { amount: '5.001' },
      '5.001 PLN is no amount in an ISO 4217 currency.',
    ],
    ['a ticket where none is opened', { ticket: 'refund' }, 'No ticket is opened for a payment at shop-pl'],
  ])('is nothing for %s', (_what, changed, says) => {
    expect(() => first(changed)).toThrow(says);
  });
});
