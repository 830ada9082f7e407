/** A person at a form: what Slack's client lets them do, what the app is then sent, and what its answer does. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { input, modal, options, plain, section } from './sampleBlocks.ts';
import type { Answer } from './slack/fields.ts';
import type { Form } from './slack/form.ts';
import { startStubApp, type StubApp } from './stubApp.ts';

let app: StubApp;
beforeAll(async () => {
  app = await startStubApp();
});
afterAll(() => app.stop());

const submit = plain('Send');

async function openForm(...blocks: object[]): Promise<Form> {
  const maria = app.slack.person('maria');
  await maria.types('/form');
  await app.call('views.open', {
    trigger_id: app.bodies.at(-1)?.['trigger_id'],
    view: modal({ submit, blocks }),
  });
  return maria.sees.form();
}

const two = { options: options('1', '2') };
const [one] = options('1');
const optional = { optional: true };

describe('a field', () => {
  it.each<[string, object, Answer, object]>([
    ['plain_text_input', {}, 'Paid twice', { value: 'Paid twice' }],
    ['number_input', { is_decimal_allowed: true, max_value: '20' }, '12.5', { value: '12.5' }],
    ['email_text_input', {}, 'a@example.com', { value: 'a@example.com' }],
    ['url_text_input', {}, 'https://example.com/1', { value: 'https://example.com/1' }],
    ['static_select', two, 'Option 1', { selected_option: one }],
    ['radio_buttons', two, '1', { selected_option: one }],
    ['checkboxes', two, ['1'], { selected_options: [one] }],
    ['users_select', {}, 'U_PAVEL', { selected_user: 'U_PAVEL' }],
  ])('%s is sent as Slack sends it', async (type, element, answer, value) => {
    const form = await openForm(input(type, element));
    await expect(form.submit()).rejects.toThrow(`"A ${type}" is required`);
    expect(await form.fill({ [`A ${type}`]: answer }).submit()).toEqual({ closed: true });
    expect(app.bodies.at(-1)).toMatchObject({
      type: 'view_submission',
      view: { state: { values: { [type]: { value: { type, ...value } } } } },
    });
  });

  it.each<[string, object, object]>([
    ['plain_text_input', {}, { value: null }],
    ['plain_text_input', { initial_value: 'as before' }, { value: 'as before' }],
    ['static_select', two, { selected_option: null }],
    ['static_select', { ...two, initial_option: one }, { selected_option: one }],
    ['checkboxes', two, { selected_options: [] }],
    ['users_select', {}, { selected_user: null }],
    ['users_select', { initial_user: 'U_TOM' }, { selected_user: 'U_TOM' }],
  ])('%s of %j is sent as it was when nobody touched it', async (type, element, value) => {
    const form = await openForm(input(type, element, optional));
    await form.submit();
    expect(app.bodies.at(-1)).toMatchObject({
      view: { state: { values: { [type]: { value: { type, ...value } } } } },
    });
  });

  it.each<[string, object, Answer, string]>([
    ['plain_text_input', { max_length: 3 }, 'four', 'only 3 characters fit'],
    ['static_select', two, '3', 'no option "3" among "Option 1", "Option 2"'],
    ['static_select', two, ['1', '2'], 'takes one answer'],
  ])('%s of %j does not take %j', async (type, element, answer, says) => {
    const form = await openForm(input(type, element));
    expect(() => form.fill({ [type]: answer })).toThrow(says);
  });

  it.each<[string, object, string, string]>([
    ['plain_text_input', { min_length: 3 }, 'no', 'needs at least 3 characters'],
    ['number_input', { is_decimal_allowed: false }, '1.5', 'is not a number'],
    ['number_input', { is_decimal_allowed: false, min_value: '2' }, '1', 'is too small'],
    ['number_input', { is_decimal_allowed: false, max_value: '2' }, '3', 'is too large'],
    ['email_text_input', {}, 'nobody', 'is not an email address'],
    ['url_text_input', {}, 'nowhere', 'is not a URL'],
  ])('%s of %j does not let %j be submitted', async (type, element, answer, says) => {
    const form = await openForm(input(type, element));
    await expect(form.fill({ [type]: answer }).submit()).rejects.toThrow(says);
  });

  it('of which the app hears at once is chosen, not filled in', async () => {
    const form = await openForm(input('radio_buttons', two, { dispatch_action: true }));
    expect(() => form.fill({ radio_buttons: '1' })).toThrow('use choose');
    await form.choose('radio_buttons', '1');
    expect(app.bodies.at(-1)).toMatchObject({
      type: 'block_actions',
      actions: [{ type: 'radio_buttons', block_id: 'radio_buttons', selected_option: one }],
      view: { state: { values: { radio_buttons: { value: { selected_option: one } } } } },
    });
  });
});

describe('the answer to a submission', () => {
  const other = { type: 'modal', title: plain('Another'), blocks: [section('Hi')] };

  it('puts errors on inputs of the form only', async () => {
    const form = await openForm(input('plain_text_input', {}, optional));
    app.ackNextWith({ response_action: 'errors', errors: { plain_text_input: 'No.' } });
    expect(await form.submit()).toEqual({ closed: false, errors: { plain_text_input: 'No.' } });
    app.ackNextWith({ response_action: 'errors', errors: { elsewhere: 'No.' } });
    await expect(form.submit()).rejects.toThrow('"elsewhere", which is no input of the form');
  });

  it('changes the form, lays another on it, or clears them all', async () => {
    const maria = app.slack.person('maria');
    const form = await openForm(input('plain_text_input', {}, optional));
    app.ackNextWith({ response_action: 'push', view: { ...other, submit } });
    const pushed = (await form.submit()).form;
    expect(pushed?.view).toMatchObject({ previous: form.view.id, root: form.view.id });
    app.ackNextWith({ response_action: 'update', view: { ...other, submit, title: plain('Changed') } });
    expect((await pushed?.submit())?.form?.title).toBe('Changed');
    expect((await maria.sees.form()).title).toBe('Changed');
    const { root } = form.view;
    app.ackNextWith({ response_action: 'clear' });
    expect(await pushed?.submit()).toEqual({ closed: true });
    expect(app.slack.workspace.views.open.filter((view) => view.root === root)).toEqual([]);
  });

  it('is refused when its view breaks a limit', async () => {
    const form = await openForm(input('plain_text_input', {}, optional));
    app.ackNextWith({ response_action: 'update', view: { ...other, title: plain('x'.repeat(25)) } });
    await expect(form.submit()).rejects.toThrow(
      'must be less than 25 characters [json-pointer:/view/title/text]',
    );
  });
});
