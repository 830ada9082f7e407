import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readSettings } from '../../src/config/settings.ts';
import { faultsIn, faultsWith, read, secrets, settings, settingsWith } from './example.ts';

describe('${NAME} in the settings', () => {
  it.each([
    ['a line of its own', 'quiet\ngroups: { finance: [U0TOM] }'],
    ['a key', 'quiet: { a: b }'],
    ['quotes', `"'"'`],
    ['a comment', '# quiet'],
    ['an alias', '*quiet'],
    ['a reference to another', '${GAME_SECRET}'],
    ['what a replacement may mean', '$& $1 $$'],
    ['a number', '0123'],
  ])('is a text and nothing else, whatever stands in it: %s', (_what, value) => {
    const result = read(settings(), { ...secrets, SHOP_PASSWORD: value });
    expect(result).toMatchObject({
      ok: true,
      settings: { accounts: { 'shop-tr': { password: value } }, groups: settings().groups },
    });
  });

  it('may stand within a text, more than once, and is told as a secret each time', () => {
    const result = read(settingsWith({ 'accounts.shop-tr.password': 'a-${SHOP_PASSWORD}-${SIBS_TOKEN}' }));
    expect(result).toMatchObject({
      settings: { accounts: { 'shop-tr': { password: 'a-shop-password-sibs-token' } } },
    });
    expect(result.ok && new Set(result.secrets)).toEqual(new Set(Object.values(secrets)));
  });

  it.each([
    ['not set', {}],
    ['empty', { SHOP_PASSWORD: '' }],
  ])('is told once with its name and path when it is %s', (_how, from) => {
    const { SHOP_PASSWORD: _password, ...others } = secrets;
    expect(faultsIn(read(settings(), { ...others, ...from }))).toEqual([
      'accounts.shop-tr.password needs SHOP_PASSWORD, which the environment does not have',
    ]);
  });

  it('is told where the form of the value would be a fault of its own, and in a list', () => {
    const faults = faultsWith({
      'accounts.game-world.key': '${ABSENT_KEY}',
      'accounts.shop-pl.url': 'https://${ABSENT_HOST}/${ABSENT_PATH}',
      'groups.finance.1': '${absent_user}',
    });
    expect(faults).toEqual([
      'groups.finance[1] needs absent_user, which the environment does not have',
      'accounts.game-world.key needs ABSENT_KEY, which the environment does not have',
      'accounts.shop-pl.url needs ABSENT_HOST, which the environment does not have',
      'accounts.shop-pl.url needs ABSENT_PATH, which the environment does not have',
    ]);
  });
});

describe('a ${ that names no variable', () => {
  it.each(['${SHOP PASSWORD}', '${}', '${SHOP-PASSWORD}', '${SHOP_PASSWORD', '${1}'])(
    'is refused, for the text itself would pass for the secret: %s',
    (value) => {
      expect(faultsWith({ 'accounts.shop-tr.password': value })).toEqual([
        'accounts.shop-tr.password has a ${ that names no variable',
      ]);
    },
  );
});

describe('a report of faults', () => {
  const MARKER = 'hunter2Zq9';

  it('tells everything that is wrong at once', () => {
    const faults = faultsWith({
      surprise: 1,
      summary: undefined,
      'channels.finance': 'finance',
      'policy.deadline': 'soon',
      'policy.tiers.0.up_to.PLN': 'much',
      'policy.tiers.1.approvals.board': 1,
      'accounts.game-world.secret': '${ABSENT}',
      'accounts.shop-tr.client_ip': 'here',
      'accounts.list': settings().accounts['shop-pl'],
      'accounts.extra': { provider: 'sibs' },
    });
    for (const path of [
      'Unrecognized key: "surprise"',
      'summary ',
      'channels.finance ',
      'policy.deadline ',
      'policy.tiers[0].up_to.PLN ',
      'policy.tiers[1].approvals.board ',
      'accounts.game-world.secret needs ABSENT',
      'accounts.shop-tr.client_ip ',
      'accounts.list ',
      'accounts.extra.url ',
      'accounts.extra.terminal_id ',
      'accounts.extra.token ',
      'accounts.extra.client_id ',
    ]) {
      expect(
        faults.filter((fault) => fault.startsWith(path)),
        path,
      ).toHaveLength(1);
    }
    expect(faults).toHaveLength(13);
  });

  it('never repeats a value: a secret may have been put into any place', () => {
    const everywhere = fc.subarray(leavesOf(settings()), { minLength: 1 });
    const asIs = fc.constantFrom(MARKER, '${MARKER}', `x-\${MARKER}`, [MARKER], { key: MARKER });
    fc.assert(
      fc.property(everywhere, asIs, (paths, value) => {
        const tree = settingsWith(Object.fromEntries(paths.map((path) => [path, value])));
        expect(faultsIn(read(tree, { ...secrets, MARKER })).join('\n')).not.toContain(MARKER);
      }),
      { numRuns: 300 },
    );
  });

  it('never repeats a secret from a file that is not quite YAML', () => {
    const text = stringify(settings()).replaceAll(/\$\{\w+\}|hotel-secret|client$/gm, MARKER);
    const place = fc.nat({ max: text.length });
    const put = fc.constantFrom(
      '',
      ':',
      ' ',
      '\n',
      '\t',
      '*',
      '&',
      '!',
      '"',
      "'",
      '{',
      '[',
      '- ',
      '#',
      '%',
      '@',
      '|',
      '---\n',
    );
    fc.assert(
      fc.property(place, put, fc.nat({ max: 3 }), (at, inserted, removed) => {
        const broken = text.slice(0, at) + inserted + text.slice(at + removed);
        fc.pre(!new RegExp(`${MARKER}["']?:(\\s|$)`, 'm').test(broken));
        expect(faultsIn(readSettings(broken, 'c.yaml', {})).join('\n')).not.toContain(MARKER);
      }),
      { numRuns: 500 },
    );
  });
});

/** The paths of all texts and numbers: `groups.finance.0`. */
function leavesOf(tree: unknown, path: readonly string[] = []): string[] {
  if (typeof tree !== 'object' || tree === null) return [path.join('.')];
  return Object.entries(tree).flatMap(([key, value]) => leavesOf(value, [...path, key]));
}
