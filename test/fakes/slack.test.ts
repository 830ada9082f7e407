/** The fake is driven by a small real Bolt app, so that what it teaches is what Bolt and Slack do. */
import type { App } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { startBolt } from './bolt.ts';
import { type FakeSlack, type Options, startFakeSlack } from './slack/server.ts';
import { option, registerStory } from './storyApp.ts';

const running: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const part of running.splice(0).toReversed()) await part.stop();
});

async function start(options: Options): Promise<FakeSlack> {
  const slack = await startFakeSlack(options);
  running.push(slack);
  running.push(await startBolt(slack, options.transport, register));
  return slack;
}

/** Every payload that the app was sent. */
const bodies: Record<string, unknown>[] = [];
const register = (app: App) => registerStory(app, bodies);
afterEach(() => bodies.splice(0));

describe.each(['socket', 'http'] as const)('over %s', (transport) => {
  it('plays the whole story: command, form, errors, message, button, update, ephemeral', async () => {
    const slack = await start({ transport });
    const [maria, pavel] = [slack.person('maria'), slack.person('U_PAVEL')];

    await maria.types('/cancel 123', { in: 'approvals' });
    const form = await maria.sees.form();
    expect(form.title).toBe('Cancel a payment');
    expect(await form.submit()).toEqual({
      closed: false,
      errors: { reference: 'A reference starts with tx.' },
    });
    expect(await form.fill({ Reference: 'tx123' }).submit()).toEqual({ closed: true });

    const approvals = slack.channel('approvals');
    const message = await approvals.waitForMessage(({ text }) => text.includes('tx123'));
    await pavel.presses('Approve', message);
    const updated = await approvals.waitForMessage(({ text }) => text === 'Cancelled');
    expect(updated).toMatchObject({ ts: message.ts, blocks: [] });
    await pavel.sees.ephemeral(({ text }) => text === 'by response_url');
    expect(pavel.ephemerals).toHaveLength(2);
    expect(maria.ephemerals).toEqual([]);
    expect(slack.complaints).toEqual([]);
  });

  it('changes the fields when another account is chosen, and keeps what was typed', async () => {
    const slack = await start({ transport });
    const maria = slack.person('maria');
    await maria.types('/cancel', { in: 'approvals' });
    const form = await maria.sees.form();
    await form.fill({ Reference: 'tx9' }).choose('Account', 'The second one');
    await maria.sees.form(({ blocks }) => blocks.some((block) => block.block_id === 'ticket'));
    expect(form.view.values).toEqual({
      account: { account: { type: 'static_select', selected_option: option('second') } },
      reference: { value: { type: 'plain_text_input', value: 'tx9' } },
      ticket: { value: { type: 'url_text_input', value: null } },
    });
    await expect(form.fill({ Ticket: 'no address' }).submit()).rejects.toThrow('"Ticket" is not a URL');
    expect(await form.fill({ Ticket: '' }).submit()).toEqual({ closed: true });
  });

  it('delivers simultaneous clicks, clicks on an outdated copy, and a form submitted twice', async () => {
    const slack = await start({ transport });
    const [maria, pavel, lena] = [slack.person('maria'), slack.person('pavel'), slack.person('lena')];
    await maria.types('/cancel tx1', { in: 'approvals' });
    const form = await maria.sees.form();
    await Promise.all([form.submit(), form.submit()]);
    expect(bodies.filter(({ type }) => type === 'view_submission')).toHaveLength(2);

    const message = await slack.channel('approvals').waitForMessage(({ text }) => text.includes('tx1'));
    await Promise.all([pavel.presses('Approve', message), lena.presses('approve', message)]);
    await Promise.all([pavel.sees.ephemeral(), lena.sees.ephemeral()]);
    await lena.presses('Approve', message);
    expect(bodies.filter(({ type }) => type === 'block_actions')).toHaveLength(3);
  });

  it('shows the app no message behind an ephemeral click, and no channel behind one in a Home', async () => {
    const slack = await start({ transport });
    const maria = slack.person('maria');
    await maria.types('/cancel tx1', { in: 'approvals' });
    await (await maria.sees.form()).submit();
    const message = await slack.channel('approvals').waitForMessage(({ text }) => text.includes('tx1'));
    await maria.presses('Approve', message);
    const ephemeral = await maria.sees.ephemeral(({ text }) => text === 'Thank you');
    await maria.presses('Again', ephemeral);
    expect(bodies.at(-1)).toMatchObject({
      container: { is_ephemeral: true },
      channel: { id: 'C_APPROVALS' },
    });
    expect(bodies.at(-1)).not.toHaveProperty('message');
    await expect(slack.person('pavel').presses('Again', ephemeral)).rejects.toThrow('was not shown');

    await maria.opensHome();
    await maria.presses('Refresh', await maria.sees.home());
    expect(bodies.at(-1)).toMatchObject({ container: { type: 'view' }, view: { type: 'home' } });
    for (const key of ['channel', 'message', 'response_url']) expect(bodies.at(-1)).not.toHaveProperty(key);
  });

  it('sends commands whose every value is a string, shortcuts, and closed forms', async () => {
    const slack = await start({ transport, isInGrid: true });
    const maria = slack.person('maria');
    expect(await maria.types('/hello   there')).toEqual(
      transport === 'socket' ? { text: 'Hello to you' } : 'Hello to you',
    );
    expect((await maria.sees.ephemeral()).text).toBe('Hello to you');
    expect(bodies.at(-1)).toMatchObject({
      text: '  there',
      is_enterprise_install: 'false',
      enterprise_id: 'E_ACME',
    });
    expect(Object.values(bodies.at(-1) ?? {}).every((value) => typeof value === 'string')).toBe(true);

    const message = maria.writes('Please cancel', { in: 'finance' });
    await maria.usesShortcut('request_for', message);
    expect(bodies.at(-1)).toMatchObject({
      type: 'message_action',
      message_ts: message.ts,
      channel: { id: 'C_FINANCE' },
    });
    await maria.usesShortcut('request');
    expect(bodies.at(-1)).toMatchObject({ type: 'shortcut', callback_id: 'request', team: { id: 'T_ACME' } });

    await maria.types('/cancel tx1');
    await (await maria.sees.form()).close();
    expect(bodies.at(-1)).toMatchObject({ type: 'view_closed', is_cleared: false });
  });

  it('tells the person when the app does not acknowledge in time', async () => {
    const slack = await start({ transport, ackWithinMs: 100 });
    await expect(slack.person('maria').types('/late')).rejects.toThrow('did not ack within 100 ms');
  });
});

describe('over Socket Mode', () => {
  it('gives each payload to one connection, in turns', async () => {
    const slack = await start({ transport: 'socket' });
    running.push(await startBolt(slack, 'socket', register));
    expect(slack.connections).toBe(2);
    await slack.person('maria').types('/hello');
    await slack.person('maria').types('/hello');
    expect(bodies).toHaveLength(2);
  });

  it('is joined again after a refresh', async () => {
    const slack = await start({ transport: 'socket' });
    slack.refreshConnections();
    await slack.workspace.changes.until(
      () => slack.connections === 0 || undefined,
      () => 'the app to leave',
    );
    await slack.workspace.changes.until(
      () => slack.connections === 1 || undefined,
      () => 'the app to return',
    );
    expect(await slack.person('maria').types('/hello')).toEqual({ text: 'Hello to you' });
  });

  it('tells the person when no app is connected', async () => {
    const slack = await startFakeSlack({ transport: 'socket' });
    running.push(slack);
    await expect(slack.person('maria').types('/hello')).rejects.toThrow('no Socket Mode connection');
  });
});

describe('over HTTP', () => {
  it.each([
    ['with another secret', { signingSecret: 'another-secret' }],
    ['301 seconds ago', { signedAt: () => Math.floor(Date.now() / 1000) - 301 }],
  ])('lets a test sign %s, which Bolt refuses', async (_how, signature) => {
    const slack = await start({ transport: 'http' });
    const maria = slack.person('maria');
    await maria.types('/hello');
    slack.signWith(signature);
    await expect(maria.types('/hello')).rejects.toThrow('the app answered 401');
  });
});
