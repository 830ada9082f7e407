import { stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import { subcommands } from '../../commands/subcommands.ts';
import { readSettings } from '../../src/config/settings.ts';
import { faultsIn, faultsWith, read, secrets, settings, settingsWith } from './example.ts';

function versionOf(changes: Parameters<typeof settingsWith>[0]): string {
  const result = read(settingsWith(changes));
  if (!result.ok) throw new Error(result.faults.join());
  return result.settings.policy.version;
}

describe('settings without a fault', () => {
  it("are read in the domain's terms", () => {
    const result = read(settings());
    expect(result).toMatchObject({
      ok: true,
      settings: {
        deadlineSeconds: 7200,
        policy: {
          tiers: [
            {
              accounts: ['shop-pl'],
              upTo: [
                { minor: 100_000n, currency: 'PLN' },
                { minor: 25_050n, currency: 'EUR' },
              ],
              needs: [{ group: 'finance', count: 1 }],
            },
            {
              needs: [
                { group: 'finance', count: 1 },
                { group: 'risk', count: 1 },
              ],
            },
          ],
        },
        accounts: { 'shop-tr': { provider: 'payfull', password: 'shop-password' } },
      },
    });
  });

  it('say of a tier whatever it may say', () => {
    const result = read(
      settingsWith({
        'policy.tiers.0': {
          name: 'night',
          providers: ['paymentwall'],
          part: false,
          hours: '20:00-08:00 Europe/Warsaw',
          tickets: ['refund', 'other'],
          approvals: { finance: 1 },
          askers: ['risk'],
          deadline: '2h',
          step_up: ' I called the customer. ',
        },
      }),
    );
    expect(result.ok && result.settings.policy.tiers[0]).toEqual({
      name: 'night',
      providers: ['paymentwall'],
      part: false,
      hours: { from: '20:00', until: '08:00', zone: 'Europe/Warsaw' },
      tickets: ['refund', 'other'],
      needs: [{ group: 'finance', count: 1 }],
      askers: ['risk'],
      deadlineSeconds: 7200,
      stepUp: 'I called the customer.',
    });
  });

  it('name the policy anew whenever it differs, and only then', () => {
    const version = versionOf({});
    expect(version).toMatch(/^[0-9a-f]{12}$/);
    expect(versionOf({ 'summary.time': '10:00', 'policy.deadline': '1d' })).toBe(version);
    for (const change of [
      { 'policy.tiers.0.up_to.PLN': '1000.01' },
      { 'policy.tiers.0.accounts': ['shop-tr'] },
      { 'policy.tiers.0.approvals.finance': 2 },
      { 'policy.tiers.0.up_to': undefined },
      { 'policy.tiers.0.name': 'small' },
      { 'policy.tiers.0.providers': ['sibs'] },
      { 'policy.tiers.0.part': false },
      { 'policy.tiers.0.hours': '08:00-20:00 UTC' },
      { 'policy.tiers.0.tickets': ['refund'] },
      { 'policy.tiers.0.askers': ['risk'] },
      { 'policy.tiers.0.deadline': '1h' },
      { 'policy.tiers.0.step_up': 'I called the customer.' },
    ]) {
      expect(versionOf(change)).not.toBe(version);
    }
  });

  it.each([
    ['30m', 1800],
    ['8h', 28_800],
    ['2d', 172_800],
    [undefined, 28_800],
  ])('with the deadline %s give people %i seconds', (deadline, seconds) => {
    expect(read(settingsWith({ 'policy.deadline': deadline }))).toMatchObject({
      settings: { deadlineSeconds: seconds },
    });
  });

  it.each(['UTC', 'Europe/Warsaw', 'America/Sao_Paulo', 'Asia/Almaty'])('may be in %s', (zone) => {
    expect(faultsWith({ 'summary.zone': zone })).toEqual([]);
  });

  it.each([
    [123456, '123456'],
    ["'00123'", '00123'],
    ['00123', '00123'],
  ])('take a merchant or terminal id of %s as the text %s', (written, id) => {
    const text = stringify(settings())
      .replace('merchant_id: "123456"', `merchant_id: ${written}`)
      .replace('terminal_id: "0101778"', `terminal_id: ${written}`);
    expect(readSettings(text, 'c.yaml', secrets)).toMatchObject({
      settings: { accounts: { 'hotel-kz': { merchant_id: id }, 'shop-pl': { terminal_id: id } } },
    });
  });
});

describe('a key that is not known', () => {
  it.each([
    ['', 'surprise'],
    ['channels ', 'channels.surprise'],
    ['policy ', 'policy.surprise'],
    ['policy.tiers[0] ', 'policy.tiers.0.surprise'],
    ['summary ', 'summary.surprise'],
    ['accounts.game-world ', 'accounts.game-world.surprise'],
    ['accounts.shop-tr ', 'accounts.shop-tr.surprise'],
    ['accounts.shop-pl ', 'accounts.shop-pl.surprise'],
    ['accounts.hotel-kz ', 'accounts.hotel-kz.surprise'],
  ])('is refused in %s', (where, path) => {
    expect(faultsWith({ [path]: 'x' })).toEqual([`${where}Unrecognized key: "surprise"`]);
  });
});

describe('a value that is not meant', () => {
  it.each([
    ['channels.approvals', '#approvals', 'must be a channel id such as C0123456789'],
    ['channels.finance', undefined, 'is missing'],
    ['groups.finance', [], 'must not be empty: nobody could approve'],
    ['groups.finance', 'U0ANNA', 'Invalid input: expected array, received string'],
    ['policy.deadline', '90', 'must be a duration such as 30m, 8h or 2d'],
    ['policy.deadline', '0h', 'must be a duration such as 30m, 8h or 2d'],
    ['policy.deadline', '1.5h', 'must be a duration such as 30m, 8h or 2d'],
    ['policy.deadline', '1w', 'must be a duration such as 30m, 8h or 2d'],
    ['summary.time', '9:00', 'must be a time such as 09:00'],
    ['summary.time', '24:00', 'must be a time such as 09:00'],
    ['summary.zone', 'Warsaw', 'must be a time zone such as Europe/Warsaw'],
    ['summary.zone', '+02:00', 'must be a time zone such as Europe/Warsaw'],
    ['bulk.pace', '1000/s', 'must be a number of payments a second or a minute, such as 1/s or 30/m'],
    ['accounts', {}, 'must not be empty'],
    ['accounts.shop-tr.url', 'http://shop.example', 'must be an https address'],
    ['accounts.shop-pl.terminal_id', 'T-1', 'must be the digits of the terminal'],
    ['accounts.hotel-kz.merchant_id', '12a', 'must be digits'],
    ['accounts.game-world.key', 'short', 'must be the project key, 32 hex digits'],
  ])('%s: %j is refused', (path, value, wanted) => {
    expect(faultsWith({ [path]: value })[0]).toBe(`${path} ${wanted}`);
  });

  it.each([
    [
      { 'groups.finance': ['anna'] },
      'groups.finance[0] must be a user id such as U0123456789, or a user group id such as S0123456789',
    ],
    [{ people: [['U0ANNA']] }, 'people[0] must be two accounts of one person, or more'],
    [{ people: [['U0ANNA', 'S0RISK']] }, 'people[0][1] must be a user id such as U0123456789'],
    [
      {
        people: [
          ['U0ANNA', 'U0BETA'],
          ['U0CARL', 'U0ANNA'],
        ],
      },
      "people has U0ANNA twice: an account is one person's",
    ],
  ])('%j is refused', (changes, fault) => {
    expect(faultsWith(changes)).toContain(fault);
  });

  it.each(['Shop', 'shop_pl', '-shop', 'shop.pl', 'a'.repeat(41), ''])(
    'is refused as the name of an account: %j',
    (name) => {
      const accounts = { ...settings().accounts, [name]: settings().accounts['shop-pl'] };
      expect(faultsWith({ accounts })).toEqual([
        ['accounts.', name, ' must be 1 to 40 of a-z, 0-9 and -'].join(''),
      ]);
    },
  );

  it.each([...new Set([...subcommands.keys(), 'list', 'show', 'find', 'summary', 'help', 'bulk'])])(
    'is refused as the name of an account, because it is a word of /cancel: %s',
    (name) => {
      const accounts = { ...settings().accounts, [name]: settings().accounts['shop-pl'] };
      expect(faultsWith({ accounts })).toEqual([
        `accounts.${name} is a word of /cancel, which nobody could use for an account: choose another name`,
      ]);
    },
  );
});

describe('a file that is no settings', () => {
  it.each([
    ['nothing', '', 'Invalid input: expected object, received null'],
    ['only a comment', '# soon\n', 'Invalid input: expected object, received null'],
    ['a list', '- channels\n- groups\n', 'Invalid input: expected object, received array'],
    ['one word', 'countersign\n', 'Invalid input: expected object, received string'],
    ['a key that comes twice', 'groups: {}\ngroups: {}\n', 'is not YAML at line 2 (duplicate key)'],
    ['a tab', 'channels:\n\tapprovals: C1\n', 'is not YAML at line 2 (tab as indent)'],
    ['an open bracket', 'channels: {}\ngroups: [a, b\npolicy: {}\n', 'is not YAML at line 3 (bad indent)'],
    ['two documents', '---\na: 1\n---\nb: 1\n', 'is not YAML at line 3 (multiple docs)'],
  ])('is refused: %s', (_what, text, fault) => {
    expect(faultsIn(readSettings(text, 'c.yaml', {}))).toContain(fault);
  });

  it('is refused when it cannot be read, with a hint where to begin', () => {
    expect(faultsIn(readSettings(undefined, 'c.yaml', {}))).toEqual([
      'cannot be read; copy countersign.example.yaml to begin with',
    ]);
  });

  it('is refused when a text that begins with * has no quotes, without repeating it', () => {
    const text = stringify(settings()).replace('hotel-secret', '*hunter2');
    expect(faultsIn(readSettings(text, 'c.yaml', secrets))).toEqual([
      'has an alias (*) that leads nowhere; a text that begins with * needs quotes',
    ]);
  });
});
