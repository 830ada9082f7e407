/** The blocks that every message and form is made of. */
import type { SectionBlock } from '@slack/types';

/** Our own words, with Slack's formatting; whatever comes from outside is made inert before it gets here. */
export function section(mrkdwn: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: mrkdwn, verbatim: true } };
}
