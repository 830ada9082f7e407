/** Every message and form that is not about what is recorded of a request, by the name of its builder. */
import * as fc from 'fast-check';
import { refusals } from '../../src/domain/decide.ts';
import { notMadeYetText } from '../../src/language/ask.ts';
import { askFaults } from '../../src/language/askFaults.ts';
import { alarmMessage, shortageMessage } from '../../src/slack/alarm.ts';
import { accountForm, askForm } from '../../src/slack/askForm.ts';
import { bulkRefusalText, steerRefusalText } from '../../src/slack/bulkText.ts';
import { freezeMessage } from '../../src/slack/freeze.ts';
import { inReadersZone as showTime } from '../../src/slack/look.ts';
import { sayApprovers, sayProspects, turnedAwayText } from '../../src/slack/prospects.ts';
import { summaryMessage } from '../../src/slack/summary.ts';
import * as texts from '../../src/slack/text.ts';
import { noticeView, waitingView } from '../../src/slack/views.ts';
import { aRequest } from '../domain/aRequest.ts';
import { anyBulk } from './anyBulk.ts';
import { approvers, choice, filled, known, prospects, turnedAway } from './anyForm.ts';
import { evidence, freeze, group, name, number, orNull, request, text, time } from './anything.ts';
import { anySummary } from './anySummary.ts';
import { tryOut } from './tryOut.ts';

const whoApproves = fc.oneof(approvers.map(sayApprovers), prospects.map(sayProspects));
const asked = request.map(aRequest);
const refusal = fc.constantFrom(...refusals);
const because = fc.record({
  why: fc.constantFrom(undefined, 'you are a guest'),
  freeze: fc.option(freeze, { nil: undefined }),
});

/** Every sentence of `src/slack` that one person is told in a form, or alone. */
const sentence: fc.Arbitrary<string> = fc.oneof(
  turnedAway.map(turnedAwayText),
  whoApproves,
  fc.tuple(refusal, asked, because).map(([why, one, more]) => texts.refusalText(why, one, showTime, more)),
  fc
    .tuple(refusal, anyBulk, fc.constantFrom('pending', 'sending', 'paused', 'ended'), because)
    .map(([why, { bulk }, state, more]) => {
      const refused = { bulk, state, ...more };
      return `${bulkRefusalText(why, refused, showTime)} ${steerRefusalText(why, refused, showTime)}`;
    }),
  fc
    .tuple(asked, fc.array(group, { maxLength: 10 }))
    .map(([one, missing]) => `${texts.doneText('approve', one, missing)}`),
  fc.tuple(asked, evidence).map(([one, fresh]) => texts.lapsedText(one, fresh)),
  asked.map((one) =>
    [texts.overText(one), texts.madeText(one), texts.alreadyOpenText(one), texts.needlessText(one)].join(' '),
  ),
  evidence.map(texts.notCancellableText),
  time.map((at) => texts.closedText(at, showTime)),
  fc
    .tuple(text(300), fc.array(name, { maxLength: 40 }))
    .map(([word, all]) => texts.unknownWordText(word, all)),
);

export const everyOther = {
  accountForm: tryOut(
    fc.tuple(
      fc.uniqueArray(choice, { selector: ({ account }) => account, minLength: 1, maxLength: 150 }),
      known,
    ),
    ([choices, given]) => accountForm(choices, given),
  ),
  askForm: tryOut(
    fc.record({
      one: choice,
      given: filled,
      approver: whoApproves,
      notice: fc.constantFrom(undefined, notMadeYetText(Object.values(askFaults))),
      follows: fc.option(fc.record({ id: fc.uuid(), number }), { nil: undefined }),
    }),
    ({ one, given, approver, notice, follows }) =>
      askForm(one, given, approver, { ...(notice === undefined ? {} : { notice }), follows }),
  ),
  noticeView: tryOut(fc.tuple(text(40), sentence), ([title, says]) => noticeView(title, says)),
  waitingView: tryOut(text(40), waitingView),
  freezeMessage: tryOut(freeze, (one) => freezeMessage(one, showTime)),
  alarmMessage: tryOut(
    fc.tuple(
      name,
      fc.record({
        id: text(100),
        meaning: fc.constant('cancelled'),
        payment: orNull(text(300)),
        reference: orNull(text(300)),
        says: text(2000),
      }),
    ),
    ([account, notice]) => alarmMessage(account, notice),
  ),
  shortageMessage: tryOut(
    fc.record({
      id: fc.uuid(),
      group,
      tiers: fc.array(fc.oneof(name, text(40)), { maxLength: 60 }),
      endedAt: orNull(time),
    }),
    shortageMessage,
  ),
  summaryMessage: tryOut(anySummary, (one) => summaryMessage(one, showTime)),
};
