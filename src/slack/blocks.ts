/** The blocks that every message and form is made of. */
import type { SectionBlock } from '@slack/types';
import { cut } from './inert.ts';

/** Our own words, with Slack's formatting; whatever comes from outside is made inert before it gets here. */
export function section(mrkdwn: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: mrkdwn, verbatim: true } };
}

/** As many lines to a section as Slack takes in one text, so that none is cut off. */
export function sections(lines: readonly string[]): SectionBlock[] {
  const texts: string[] = [];
  for (const line of lines) {
    const longer = [...texts.slice(-1), line].join('\n');
    if (Array.from(longer).length <= 3000) texts.splice(-1, 1, longer);
    else texts.push(cut(line, 3000));
  }
  return texts.map(section);
}
