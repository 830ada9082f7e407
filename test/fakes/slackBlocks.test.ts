/** Blocks that the fake refuses, in Slack's words. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actions, button, plain, section, times } from './sampleBlocks.ts';
import { startStubApp, type StubApp } from './stubApp.ts';

let app: StubApp;
beforeAll(async () => {
  app = await startStubApp();
});
afterAll(() => app.stop());

const menu = (value: string) => ({ type: 'static_select', options: [{ text: plain('One'), value }] });

describe('refuses blocks that Slack refuses, and says where', () => {
  it.each<[string, object[], string]>([
    ['an unknown block', [{ type: 'sektion' }], 'unsupported type [json-pointer:/blocks/0/type]'],
    [
      'an unknown element',
      [actions({ type: 'knob' })],
      'unsupported type [json-pointer:/blocks/0/elements/0/type]',
    ],
    [
      'an unknown property',
      [{ ...section('Hi'), colour: 'red' }],
      'invalid additional property: colour [json-pointer:/blocks/0]',
    ],
    [
      'a section of nothing',
      [{ type: 'section' }],
      'must define either `text` or `fields` [json-pointer:/blocks/0]',
    ],
    ['an empty text', [section('')], 'must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
    [
      'a section of 3001',
      [section('x'.repeat(3001))],
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'eleven fields',
      [{ type: 'section', fields: times(11, plain('x')) }],
      'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
    ],
    [
      'a field of 2001',
      [{ type: 'section', fields: [plain('x'.repeat(2001))] }],
      'must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]',
    ],
    [
      'a header of 151',
      [{ type: 'header', text: plain('x'.repeat(151)) }],
      'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'a header in mrkdwn',
      [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
      'Invalid input: expected "plain_text" [json-pointer:/blocks/0/text/type]',
    ],
    [
      'eleven context elements',
      [{ type: 'context', elements: times(11, plain('x')) }],
      'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [
      'a button of 76',
      [actions(button({ text: plain('x'.repeat(76)) }))],
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
    ],
    [
      'a value of 2001',
      [actions(button({ value: 'x'.repeat(2001) }))],
      'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
    ],
    [
      'an option value of 76',
      [actions(menu('x'.repeat(76)))],
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/value]',
    ],
    [
      'an initial option that is not offered',
      [actions({ ...menu('1'), initial_option: { text: plain('Two'), value: '2' } })],
      'the initial option must be one of the options, exactly [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'a title of 101 in a confirm',
      [
        actions(
          button({
            confirm: {
              title: plain('x'.repeat(101)),
              text: plain('x'),
              confirm: plain('Yes'),
              deny: plain('No'),
            },
          }),
        ),
      ],
      'must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]',
    ],
    [
      'two actions of one name',
      [actions(button(), button())],
      '`action_id` already exists in this block [json-pointer:/blocks/0]',
    ],
    [
      'two blocks of one name',
      [
        { ...section('a'), block_id: 'b' },
        { ...section('b'), block_id: 'b' },
      ],
      '`block_id` already exists in this message [json-pointer:/blocks]',
    ],
    [
      'fifty-one blocks',
      times(51, { type: 'divider' }),
      'no more than 50 items allowed [json-pointer:/blocks]',
    ],
    [
      'an alert outside a modal',
      [{ type: 'alert', text: plain('x') }],
      'unsupported type [json-pointer:/blocks/0/type]',
    ],
    [
      'an image without a picture',
      [{ type: 'image', alt_text: 'x' }],
      'must define either `image_url` or `slack_file` [json-pointer:/blocks/0]',
    ],
  ])('%s', async (_what, blocks, fault) => {
    const answer = await app.call('chat.postMessage', { channel: 'C_GENERAL', text: 'x', blocks });
    expect(answer).toEqual({
      ok: false,
      error: 'invalid_blocks',
      errors: [fault],
      response_metadata: { messages: [`[ERROR] ${fault}`] },
    });
  });

  it('counts characters as people do: 3000 emoji fit into a section', async () => {
    expect(
      await app.call('chat.postMessage', {
        channel: 'C_GENERAL',
        text: 'x',
        blocks: [section('🧾'.repeat(3000))],
      }),
    ).toMatchObject({ ok: true });
  });
});
