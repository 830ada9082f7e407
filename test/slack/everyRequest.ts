/** Every message, form and Home that shows requests, by the name of its builder. */
import * as fc from 'fast-check';
import { callMessage } from '../../src/slack/call.ts';
import { card } from '../../src/slack/card.ts';
import { approveForm, rejectForm } from '../../src/slack/decideForms.ts';
import { findForm } from '../../src/slack/findForm.ts';
import { followMessage } from '../../src/slack/follow.ts';
import { headline } from '../../src/slack/headline.ts';
import { homeView } from '../../src/slack/home.ts';
import { listMessage } from '../../src/slack/list.ts';
import { inReadersZone as showTime } from '../../src/slack/look.ts';
import { reminderMessage } from '../../src/slack/reminder.ts';
import { approvalEntry, resultMessage, threadEntry } from '../../src/slack/thread.ts';
import { storyMessage, storyView } from '../../src/slack/wholeStory.ts';
import { withdrawnMessage } from '../../src/slack/withdrawn.ts';
import type { Scene } from '../../src/usecases/context.ts';
import type { Page, Row } from '../../src/usecases/paging.ts';
import { lists, type WholeStory } from '../../src/usecases/queries.ts';
import { anyCourse, bulk } from './anyBulk.ts';
import { anyScene, decision, finding, follower } from './anyScene.ts';
import { choice } from './anyForm.ts';
import { evidence, text, time } from './anything.ts';
import { tryOut } from './tryOut.ts';

const users = Array.from({ length: 50 }, (_one, n) => `U_${n}A123456789`);
/** Many are wanted, and many more are called. */
export const setting = { showTime, groups: { finance: users }, escalateTo: [...users.slice(20), 'U_TOM'] };

export const LINK = 'https://acme.slack.com/archives/C1/p1';
const ticketOf = ({ request }: Scene) => request.ticket;
const ofScene = (build: Parameters<typeof tryOut<Scene>>[1]) => tryOut(anyScene, build, ticketOf);

function memoryOf({ request: { id, digest } }: Scene) {
  return { id, digest, channel: 'C0123456789', thread: '1763542800.000001' };
}

const anyRow: fc.Arbitrary<Row> = fc.oneof(anyScene, anyCourse);

/** A full page in the middle of a list. */
function pageOf(row: Row, length: number): Page {
  return { rows: Array.from({ length }, () => row), onwards: 999_999_999_999, back: 999_999_999_998 };
}

const listed = fc.oneof(fc.record({ list: fc.constantFrom(...lists) }), fc.record({ wanted: text(300) }));
const whole: fc.Arbitrary<WholeStory> = fc.record({
  story: anyScene,
  attempts: fc.array(fc.record({ id: fc.uuid(), request: fc.uuid(), n: fc.nat(99), startedAt: time }), {
    maxLength: 60,
  }),
  bulk: fc.option(bulk, { nil: undefined }),
  link: fc.option(fc.constant(LINK), { nil: undefined }),
  mayFind: fc.boolean(),
});

export const everyRequest = {
  headline: ofScene((scene) => headline(scene, setting)),
  card: ofScene((scene) => card(scene, setting)),
  followMessage: ofScene(followMessage),
  threadEntry: tryOut(fc.tuple(anyScene, fc.oneof(decision, finding, follower)), ([scene, entry]) =>
    threadEntry(scene, entry),
  ),
  approvalEntry: tryOut(fc.tuple(anyScene, decision), ([scene, entry]) =>
    approvalEntry(scene, { ...entry, act: 'approve' }, setting),
  ),
  resultMessage: tryOut(fc.tuple(anyScene, fc.constantFrom(undefined, LINK)), ([scene, link]) =>
    resultMessage(scene, link),
  ),
  callMessage: ofScene((scene) => callMessage(scene, setting)),
  reminderMessage: tryOut(
    fc.tuple(fc.constantFrom('reminder', 'escalation'), anyScene),
    ([reminder, scene]) => reminderMessage(reminder, scene, setting),
  ),
  withdrawnMessage: ofScene(({ request }) => withdrawnMessage(request)),
  storyMessage: tryOut(
    whole,
    (one) => storyMessage(one, showTime),
    ({ story }) => story.request.ticket,
  ),
  storyView: tryOut(
    whole,
    (one) => storyView(one, showTime),
    ({ story }) => story.request.ticket,
  ),
  listMessage: tryOut(fc.tuple(anyRow, listed, fc.integer({ min: 1, max: 10 })), ([row, of, length]) =>
    listMessage(pageOf(row, length), { title: 'Found', of, showTime }),
  ),
  homeView: tryOut(fc.tuple(anyRow, anyRow), ([one, other]) => {
    const pages = {
      waiting: pageOf(one, 10),
      unsettled: pageOf(other, 5),
      asked: pageOf(one, 5),
      ended: pageOf(other, 5),
    };
    return homeView(
      { type: 'queue', users: ['bulk' in one ? one.bulk.requester.user : one.request.requester.user], pages },
      new Date(),
      showTime,
    );
  }),
  approveForm: tryOut(
    fc.tuple(anyScene, evidence, choice),
    ([scene, fresh, { provider }]) => approveForm(scene, fresh, memoryOf(scene), provider.fields),
    ([scene]) => scene.request.ticket,
  ),
  rejectForm: ofScene((scene) => rejectForm(scene.request, memoryOf(scene))),
  findForm: ofScene((scene) => findForm(scene, memoryOf(scene), new Date(), showTime)),
};
