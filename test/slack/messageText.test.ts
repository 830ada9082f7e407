import { describe, expect, it } from 'vitest';
import { readMessageText } from '../../src/slack/messageText.ts';

describe('what a message says', () => {
  it.each([
    ['a person’s words', { text: 'Please cancel b480' }, 'Please cancel b480'],
    [
      'characters that Slack escapes',
      { text: 'a &lt; b &amp;&amp; c &gt; d &amp;lt;' },
      'a < b && c > d &lt;',
    ],
    ['no mentions', { text: 'Ask <@U1|anna> in <#C1|ops> <!here> <!date^1^{date}|now>' }, 'Ask   in'],
    [
      'links with what they are called',
      { text: '<https://psp.example/tx/b480|the payment>' },
      'the payment https://psp.example/tx/b480',
    ],
    ['bare links', { text: '<https://psp.example/tx/b480>' }, 'https://psp.example/tx/b480'],
    ['an address', { text: '<mailto:anna@shop.example|anna@shop.example>' }, 'anna@shop.example'],
    ['no control characters', { text: 'a\u0000b\u0007c\r\nd' }, 'a b c\nd'],
    [
      'its blocks once, where the text says the same',
      {
        text: 'Chargeback b480',
        blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Chargeback b480' } }],
      },
      'Chargeback b480',
    ],
    [
      'rich text, as people’s messages have it',
      {
        blocks: [
          {
            type: 'rich_text',
            elements: [
              {
                type: 'rich_text_section',
                elements: [
                  { type: 'text', text: 'Ref ' },
                  { type: 'link', url: 'https://psp.example/b480' },
                  { type: 'user', user_id: 'U1' },
                ],
              },
            ],
          },
        ],
      },
      'Ref\nhttps://psp.example/b480',
    ],
    [
      'what an app attached',
      {
        text: '',
        attachments: [
          {
            color: '#f00',
            pretext: 'Alert',
            title: 'Disputed',
            title_link: 'https://psp.example/b480',
            fields: [{ title: 'Ref', value: 'b480' }],
          },
        ],
      },
      'Alert\nDisputed\nhttps://psp.example/b480\nRef',
    ],
    ['nothing, where there is nothing', {}, ''],
  ])('holds %s', (_what, message, text) => {
    expect(readMessageText(message)).toBe(text);
  });

  it('ends somewhere, however long it is', () => {
    expect(readMessageText({ text: 'x'.repeat(1_000_000) })).toHaveLength(20_000);
  });
});
