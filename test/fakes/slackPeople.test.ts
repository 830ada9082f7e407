/** Who and where: the people of every kind, the groups and the channels that the fake tells of. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStubApp, type StubApp } from './stubApp.ts';

let app: StubApp;
beforeAll(async () => {
  app = await startStubApp({ isInGrid: true });
});
afterAll(() => app.stop());

describe('knows people of every kind', () => {
  it.each([
    ['maria', { deleted: false, is_bot: false, is_restricted: false, is_ultra_restricted: false }],
    ['dora', { deleted: true }],
    ['robo', { is_bot: true }],
    ['flow', { is_workflow_bot: true }],
    ['gina', { is_restricted: true, is_ultra_restricted: false }],
    ['solo', { is_restricted: true, is_ultra_restricted: true }],
    ['stan', { is_stranger: true, team_id: 'T_OTHER' }],
    ['otto', { team_id: 'T_OTHER', enterprise_user: { enterprise_id: 'E_ACME' } }],
    ['ines', { is_invited_user: true }],
  ])('%s', async (name, fields) => {
    expect(await app.call('users.info', { user: app.slack.person(name).id })).toMatchObject({
      ok: true,
      user: { name, ...fields },
    });
  });

  it('leaves the guest flags out of a deactivated user', () => {
    expect(app.slack.person('dora').user).not.toHaveProperty('is_restricted');
  });

  it('lists everybody a page at a time, a newcomer last', async () => {
    app.slack.addPerson({ name: 'newton', kind: 'multi_channel_guest', fields: { is_admin: true } });
    const first = await app.call('users.list', { limit: 12 });
    expect(first).toMatchObject({ members: { length: 12 }, response_metadata: { next_cursor: 'MTI=' } });
    const second = await app.call('users.list', { limit: 12, cursor: 'MTI=' });
    expect(second).toMatchObject({
      members: [{ id: 'U_NEWTON', is_restricted: true, is_admin: true }],
      response_metadata: { next_cursor: '' },
    });
  });

  it('tells the members of a group by their ids', async () => {
    app.slack.workspace.people.groups.set('S_RISK', { id: 'S_RISK', users: ['U_PAVEL'] });
    expect(await app.call('usergroups.users.list', { usergroup: 'S_RISK' })).toEqual({
      ok: true,
      users: ['U_PAVEL'],
    });
  });
});

describe('knows places', () => {
  it('tells a channel that is shared with another company', async () => {
    app.slack.addChannel({ name: 'partners', isShared: true });
    const answer = await app.call('conversations.info', { channel: 'C_PARTNERS' });
    expect(answer).toMatchObject({ channel: { name: 'partners', is_ext_shared: true, is_member: true } });
  });

  it('tells the app who it is, and of which organisation', async () => {
    expect(await app.call('auth.test')).toMatchObject({
      team_id: 'T_ACME',
      bot_id: 'B_COUNTERSIGN',
      enterprise_id: 'E_ACME',
    });
  });
});
