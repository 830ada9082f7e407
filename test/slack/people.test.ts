import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boltLogger, createLog } from '../../src/log.ts';
import { createGroups } from '../../src/slack/groups.ts';
import { createPeople } from '../../src/slack/people.ts';
import type { InTurn } from '../../src/slack/turns.ts';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/server.ts';

const GROUPS = { finance: ['U_PAVEL', 'S_FINANCE'], risk: ['S_RISK'] };
const at = (user: string) => ({ team: 'T_ACME', user });
const straightAway: InTurn = (_method, _channel, call) => call();

describe('people', () => {
  let slack: FakeSlack;
  let now: Date;
  beforeEach(async () => {
    slack = await startFakeSlack({ transport: 'socket' });
    now = new Date();
    put('S_FINANCE', ['U_LENA', 'U_GINA']);
    put('S_RISK', ['U_TOM']);
  });
  afterEach(() => slack.stop());

  function put(id: string, users: readonly string[], isDisabled = false): void {
    slack.workspace.people.groups.set(id, { id, users, isDisabled });
  }

  function open(aliases: readonly (readonly string[])[] = []) {
    const client = new WebClient(slack.tokens.bot, {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger: boltLogger(createLog('silent', [])),
    });
    const groups = createGroups(client, straightAway, GROUPS, () => now);
    return createPeople(client, { team: 'T_ACME', enterprise: undefined }, groups, aliases, () => now);
  }

  const callsOf = (method: string) => slack.calls.filter((call) => call.method === method).length;
  const pass = (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000);
  };

  it('are in the groups that list them, or whose user group has them', async () => {
    const people = open();
    expect(await people.membershipOf(at('U_PAVEL'))).toEqual({ live: true, groups: ['finance'] });
    expect(await people.membershipOf(at('U_LENA'))).toEqual({ live: true, groups: ['finance'] });
    expect(await people.membershipOf(at('U_TOM'))).toEqual({ live: true, groups: ['risk'] });
    expect(await people.membershipOf(at('U_MARIA'))).toEqual({ live: true, groups: [] });
  });

  it('are looked for only in the groups that matter, and not where they are listed', async () => {
    const people = open();
    await people.membershipOf(at('U_PAVEL'), { among: ['finance'] });
    expect(callsOf('usergroups.users.list')).toBe(0);
    await people.membershipOf(at('U_LENA'), { among: ['finance'] });
    expect(callsOf('usergroups.users.list')).toBe(1);
  });

  it('are asked about anew each time', async () => {
    const people = open();
    await people.membershipOf(at('U_LENA'), { among: ['finance'] });
    put('S_FINANCE', []);
    expect(await people.membershipOf(at('U_LENA'), { among: ['finance'] })).toEqual({
      live: true,
      groups: [],
    });
  });

  it('who were in a group lately are in it for what decides nothing, and whoever came to it is, too', async () => {
    const people = open();
    const lately = { among: ['finance'], lately: true };
    await people.membershipOf(at('U_LENA'), lately);
    const asked = callsOf('usergroups.users.list');
    expect(await people.membershipOf(at('U_LENA'), lately)).toEqual({ live: true, groups: ['finance'] });
    expect(callsOf('usergroups.users.list')).toBe(asked);

    put('S_FINANCE', ['U_MARIA']);
    expect(await people.membershipOf(at('U_MARIA'), lately)).toEqual({ live: true, groups: ['finance'] });
  });

  it.each([
    ['can not be asked', { type: 'refused', error: 'internal_error' } as const],
    ['limits how often', { type: 'rate_limited', retryAfterSeconds: 30 } as const],
    ['does not let us', { type: 'refused', error: 'missing_scope' } as const],
  ])('are not live where Slack %s', async (_what, fault) => {
    slack.breaks('usergroups.users.list', fault, 9);
    expect(await open().membershipOf(at('U_LENA'))).toEqual({
      live: false,
      why: 'Slack could not be asked which groups you are in; please try again in a minute',
    });
  });

  it.each([
    ['is disabled', () => put('S_FINANCE', ['U_LENA'], true)],
    ['is gone', () => slack.workspace.people.groups.delete('S_FINANCE')],
  ])('are in no user group that %s', async (_what, change) => {
    change();
    expect(await open().membershipOf(at('U_LENA'))).toEqual({ live: true, groups: [] });
  });

  describe('who could approve', () => {
    const finance1 = [{ group: 'finance', count: 1 }];
    const finance2 = [{ group: 'finance', count: 2 }];

    it('are live, full members, and not whoever asks', async () => {
      const people = open();
      const all = await people.findApprovers(finance2);
      expect(all).toEqual({
        places: [{ need: finance2[0], users: ['U_PAVEL', 'U_LENA'], more: 0 }],
        lacking: [],
      });
      const others = await people.findApprovers(finance2, { except: at('U_LENA') });
      expect(others.places[0]?.users).toEqual(['U_PAVEL']);
      expect(others.lacking).toEqual(['finance']);
    });

    it('are one where two accounts are', async () => {
      const people = open([['U_PAVEL', 'U_LENA']]);
      expect((await people.findApprovers(finance2)).lacking).toEqual(['finance']);
      expect((await people.findApprovers(finance1, { except: at('U_LENA') })).lacking).toEqual(['finance']);
    });

    it('are asked about once in some minutes, or anew', async () => {
      const people = open();
      await people.findApprovers(finance2);
      put('S_FINANCE', []);
      expect((await people.findApprovers(finance2)).lacking).toEqual([]);
      expect((await people.findApprovers(finance2, { anew: true })).lacking).toEqual(['finance']);
      put('S_FINANCE', ['U_LENA']);
      pass(301);
      expect((await people.findApprovers(finance2)).lacking).toEqual([]);
    });

    it('are not known where Slack never told, and as it told them before where it does not any more', async () => {
      const people = open();
      const lift = slack.breaks('users.info', { type: 'http_500' }, 99);
      expect((await people.findApprovers(finance1)).lacking).toBeUndefined();
      lift();
      await people.findApprovers(finance2);
      pass(301);
      slack.breaks('users.info', { type: 'http_500' }, 99);
      slack.breaks('usergroups.users.list', { type: 'http_500' }, 99);
      expect((await people.findApprovers(finance2)).lacking).toEqual([]);
    });

    it('are looked at ten at a time, and the rest is counted only', async () => {
      const many = Array.from({ length: 30 }, (_one, n) => `member${n}`);
      for (const name of many) slack.addPerson({ name });
      put(
        'S_RISK',
        many.map((name) => `U_${name.toUpperCase()}`),
      );
      const { places } = await open().findApprovers([{ group: 'risk', count: 1 }]);
      expect(places[0]?.users).toHaveLength(10);
      expect(places[0]?.more).toBe(20);
      expect(callsOf('users.info')).toBe(10);
    });

    it('are looked for until every place is filled', async () => {
      const many = Array.from({ length: 30 }, (_one, n) => `leaver${n}`);
      for (const name of many) slack.addPerson({ name, kind: 'deactivated' });
      put('S_RISK', [...many.map((name) => `U_${name.toUpperCase()}`), 'U_TOM']);
      const { places, lacking } = await open().findApprovers([{ group: 'risk', count: 1 }]);
      expect([places[0]?.users, lacking]).toEqual([['U_TOM'], []]);
    });
  });
});
