import { describe, expect, it } from 'vitest';
import { refusals } from '../../src/domain/decide.ts';
import { states } from '../../src/domain/request.ts';
import { listMessage } from '../../src/slack/list.ts';
import { inReadersZone } from '../../src/slack/look.ts';
import { storyMessage, storyView } from '../../src/slack/wholeStory.ts';
import type { WholeStory } from '../../src/usecases/queries.ts';
import type { Story } from '../../src/usecases/story.ts';
import { anEvidence, tom } from '../domain/aRequest.ts';
import { readView } from '../fakes/slack/limits.ts';
import { aDecision, aFinding, aStory, hostileTexts, liveIn, showTime, shown } from './aStory.ts';
import { longest } from './longest.ts';

const LINK = 'https://acme.slack.com/archives/C_APPROVALS/p1763550000123456';
const at = (minute: number) => new Date(`2026-11-19T09:0${minute}:00Z`);
const attempt = (n: number) => ({ id: `${n}`, request: 'r', n, startedAt: new Date('2026-11-19T09:00:01Z') });

function whole(story: Story, more: Partial<WholeStory> = {}): WholeStory {
  return { story, attempts: [attempt(1)], bulk: undefined, link: LINK, mayFind: true, ...more };
}

describe('the whole story', () => {
  it.each(states)('stays within Slack’s limits at its longest, when %s', (state) => {
    for (const story of longest(state)) {
      const message = storyMessage(whole(story), inReadersZone);
      shown(message);
      expect(liveIn(message)).toEqual([]);
      readView(storyView(whole(story), inReadersZone), 'modal');
    }
  });

  it('leaves out the middle of what is too long, and says how much', () => {
    const tries = Array.from({ length: 200 }, (_one, n) =>
      aDecision({ id: `${n}`, person: tom, refusal: 'not_an_approver', note: `try ${n} ${'x'.repeat(200)}` }),
    );
    const { text } = storyMessage(whole(aStory({}, tries)), showTime);
    const kept = Array.from(text.matchAll(/try (\d+) /g), ([, n]) => Number(n));
    expect(kept[0]).toBe(0);
    expect(kept.at(-1)).toBe(199);
    const left = Number(/… (\d+) more, for which there is no room/.exec(text)?.[1]);
    expect(kept.length + left).toBe(200);
    expect(text.length).toBeLessThan(10_000);
  });

  it('tells everything in the order in which it happened', () => {
    const story = aStory(
      { state: 'unknown' },
      [
        aDecision({ id: '1', person: tom, refusal: 'not_an_approver', decidedAt: at(1) }),
        aDecision({ id: '2', decidedAt: at(2), note: 'Seen with the shop' }),
      ],
      [aFinding({ type: 'unknown', says: 'Time-out.' }, { learntAt: at(4) })],
      { last: { says: 'Nothing new.', at: at(5) }, endedAt: null },
    );
    const { text } = storyMessage(
      whole(story, { attempts: [{ ...attempt(1), startedAt: at(3) }] }),
      showTime,
    );
    const parts = [
      '<@U_TOM> tried to approve, which did not count: they were in none of the groups that may.',
      '<@U_PAVEL> approved. Seen with the shop',
      'Attempt 1 to tell SIBS began.',
      'Nobody knows yet whether SIBS cancelled the payment.',
      'SIBS was asked what became of it, and said last: Nothing new.',
    ];
    const places = parts.map((part) => text.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it.each(refusals)('has a clause for a try that was refused as %s', (refusal) => {
    const story = aStory({}, [aDecision({ person: tom, refusal })]);
    expect(storyMessage(whole(story), showTime).text).toMatch(
      /<@U_TOM> tried to approve, which did not count: \w+/,
    );
  });

  it.each(hostileTexts)('shows %s as it is, whoever wrote it', (_what, text) => {
    const story = aStory(
      { reason: text, evidence: { ...anEvidence, says: text } },
      [
        aDecision({ note: text }),
        aDecision({ id: '2', person: tom, refusal: 'not_an_approver', note: text }),
      ],
      [aFinding({ type: 'unknown', says: text })],
      { last: { says: text, at: new Date('2026-11-19T10:00:00Z') }, endedAt: null },
    );
    const message = storyMessage(whole(story), showTime);
    shown(message);
    expect(liveIn(message)).toEqual([]);
  });

  it('has no link where Slack has no headline of it', () => {
    expect(storyMessage(whole(aStory(), { link: undefined }), showTime).text).not.toContain('thread');
  });
});

describe('a list', () => {
  it.each(states)('stays within Slack’s limits with the longest requests, all %s', (state) => {
    for (const story of longest(state)) {
      const stories = Array.from({ length: 10 }, () => story);
      const message = listMessage(
        { rows: stories, onwards: 1, back: 2 },
        { title: 'Open requests', of: { wanted: '&'.repeat(300) }, showTime: inReadersZone },
      );
      shown(message);
      expect(liveIn(message)).toEqual([]);
    }
  });
});
