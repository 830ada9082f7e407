import { describe, expect, it } from 'vitest';
import type { State } from '../../src/domain/request.ts';
import type { Message } from '../../src/slack/card.ts';
import { wholeBulkMessage, wholeBulkView } from '../../src/slack/wholeBulk.ts';
import type { BulkStory } from '../../src/usecases/bulkStory.ts';
import type { WholeBulk } from '../../src/usecases/wholeBulk.ts';
import { aRequest } from '../domain/aRequest.ts';
import { elementsOf } from '../fakes/slack/blocks.ts';
import { readContent } from '../fakes/slack/chatMethods.ts';
import { readView } from '../fakes/slack/limits.ts';
import { aBulkCourse } from './aBulkCourse.ts';
import { showTime, shown } from './aStory.ts';

/** Lines C-1, C-2 and so on, in these states. */
function whole(states: readonly State[], mayFind: boolean): WholeBulk {
  const learnt = { says: null, code: null, reference: null, lookUpsEndedAt: null };
  const lines = states.map((state, n) => ({ request: aRequest({ number: n + 1, state }), ...learnt }));
  const story: BulkStory = { ...aBulkCourse(states), lines, freezeNews: 0 };
  return { story, files: { there: [], lost: [] }, link: undefined, open: [], mayFind };
}

const namesIn = (text: string) => Array.from(text.matchAll(/^(C-\d+) /gm), ([, name]) => name);

const actionsIn = (message: Message) =>
  readContent(message)
    .blocks.flatMap(elementsOf)
    .map(({ action_id }) => action_id);

describe('the whole story of a bulk', () => {
  it('lists the lines of which nobody knows what became, each with a button for whoever may say it', () => {
    const message = wholeBulkMessage(whole(['cancelled', 'unknown', 'refused', 'accepted'], true), showTime);
    expect(shown(message)).toContain('❓ It is not known yet what became of 2 payments:');
    expect(namesIn(message.text)).toEqual(['C-2', 'C-4']);
    expect(actionsIn(message)).toEqual(['record_finding', 'record_finding']);
    expect(message.text).not.toContain('more:');
  });

  it('lists a few of many, and tells where the others are', () => {
    const many = Array.from({ length: 12 }, () => 'unknown' as const);
    const message = wholeBulkMessage(whole(many, true), showTime);
    expect(namesIn(message.text)).toEqual(['C-1', 'C-2', 'C-3', 'C-4', 'C-5']);
    expect(shown(message)).toContain('And 7 more: `/cancel list unknown` has them all.');
  });

  it('has no such button for whoever may not say it, nor in a form', () => {
    const unknown = whole(['unknown'], false);
    const message = wholeBulkMessage(unknown, showTime);
    expect(namesIn(message.text)).toEqual(['C-1']);
    expect(actionsIn(message)).toEqual([]);
    const view = wholeBulkView(whole(['unknown'], true), showTime);
    expect(readView(view, 'modal').blocks.flatMap(elementsOf)).toEqual([]);
  });

  it('has no such list when everything is known', () => {
    expect(wholeBulkMessage(whole(['cancelled', 'refused'], true), showTime).text).not.toContain('❓');
  });
});
