import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlainLink } from '../../src/domain/ticket.ts';
import { callMessage } from '../../src/slack/call.ts';
import { card } from '../../src/slack/card.ts';
import { approveForm, rejectForm } from '../../src/slack/decideForms.ts';
import { findForm } from '../../src/slack/findForm.ts';
import { headline } from '../../src/slack/headline.ts';
import { homeView } from '../../src/slack/home.ts';
import { listMessage } from '../../src/slack/list.ts';
import { inReadersZone } from '../../src/slack/look.ts';
import { reminderMessage } from '../../src/slack/reminder.ts';
import { approvalEntry, resultMessage } from '../../src/slack/thread.ts';
import { storyMessage, storyView } from '../../src/slack/wholeStory.ts';
import { withdrawnMessage } from '../../src/slack/withdrawn.ts';
import type { Page } from '../../src/usecases/paging.ts';
import type { WholeStory } from '../../src/usecases/queries.ts';
import type { Scene } from '../../src/usecases/context.ts';
import { readView } from '../fakes/slack/limits.ts';
import { anyScene } from './anyScene.ts';
import { aDecision, liveIn, shown } from './aStory.ts';

const groups = { finance: Array.from({ length: 50 }, (_one, n) => `U_${n}A123456789`) };
const setting = { showTime: inReadersZone, groups, escalateTo: ['U_TOM'] };

/** `RUNS=10000 npx vitest run test/slack/anyScene.test.ts` tries more. */
const numRuns = Number(process.env['RUNS'] ?? 700);

const listed = { title: 'Open requests', of: { list: 'open' }, showTime: inReadersZone } as const;

function pageOf(scene: Scene, length: number): Page {
  return { stories: Array.from({ length }, () => scene), onwards: 1, back: 2 };
}

function wholeOf(story: Scene): WholeStory {
  return { story, attempts: [], link: undefined };
}

/** What is live though it comes from outside, but for a ticket's link, which is to be followed. */
function strangeIn(message: Parameters<typeof liveIn>[0], { request: { ticket } }: Scene): string[] {
  const link = ticket !== null && isPlainLink(ticket) ? `<${ticket.replaceAll('&', '&amp;')}>` : undefined;
  return liveIn(message).filter((one) => one !== link);
}

describe('whatever is asked, decided and shown beside it', () => {
  it.each([
    ['the headline', (scene: Scene) => headline(scene, setting)],
    ['the card', (scene: Scene) => card(scene, setting)],
    ['an approval in the thread', (scene: Scene) => approvalEntry(scene, aDecision(), setting)],
    ['the requester’s message', (scene: Scene) => resultMessage(scene, undefined)],
    ['a reminder', (scene: Scene) => reminderMessage('reminder', scene, setting)],
    ['an escalation', (scene: Scene) => reminderMessage('escalation', scene, setting)],
    ['a call for a person to look', (scene: Scene) => callMessage(scene, setting)],
    ['what is said of a withdrawal', (scene: Scene) => withdrawnMessage(scene.request)],
    ['the whole story', (scene: Scene) => storyMessage(wholeOf(scene), inReadersZone)],
    ['a list', (scene: Scene) => listMessage(pageOf(scene, 10), listed)],
  ])('Slack takes %s, in which nothing from outside is live', (_what, build) => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        const message = build(scene);
        shown(message);
        expect(strangeIn(message, scene)).toEqual([]);
      }),
      { numRuns },
    );
  });

  it('Slack takes a Home, and a form that tells the whole story', () => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        const few = pageOf(scene, 5);
        const pages = { waiting: pageOf(scene, 10), unsettled: few, asked: few, ended: few };
        const home = homeView({ type: 'queue', users: ['U_MARIA'], pages }, new Date(), inReadersZone);
        readView(home, 'home');
        expect(strangeIn({ text: '', blocks: home.blocks }, scene)).toEqual([]);
        readView(storyView(wholeOf(scene), inReadersZone), 'modal');
      }),
      { numRuns },
    );
  });

  it('Slack takes the forms of a decision', () => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        const { id, digest, evidence } = scene.request;
        const memory = { id, digest, channel: 'C1', thread: '1.1' };
        const form = approveForm(scene, evidence, memory, []);
        readView(form, 'modal');
        expect(strangeIn({ text: '', blocks: form.blocks }, scene)).toEqual([]);
        readView(rejectForm(scene.request, memory), 'modal');
        readView(findForm(scene, memory, new Date(), inReadersZone), 'modal');
      }),
      { numRuns },
    );
  });
});
