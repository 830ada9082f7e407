/** Every message and form that shows a bulk, or a list before it is one, by the name of its builder. */
import * as fc from 'fast-check';
import { bulkFiles } from '../../src/domain/bulk.ts';
import { reminders } from '../../src/domain/reminders.ts';
import { bulkCard, bulkHeadline } from '../../src/slack/bulkCard.ts';
import { bulkAgainForm, bulkForm } from '../../src/slack/bulkForm.ts';
import { approveBulkForm, rejectBulkForm } from '../../src/slack/bulkForms.ts';
import {
  bulkActMessage,
  bulkCallMessage,
  bulkResultMessage,
  progressMessage,
} from '../../src/slack/bulkThread.ts';
import { draftMessage } from '../../src/slack/draftMessage.ts';
import { inReadersZone } from '../../src/slack/look.ts';
import { bulkReminderMessage } from '../../src/slack/reminder.ts';
import { wholeBulkMessage, wholeBulkView } from '../../src/slack/wholeBulk.ts';
import { type BulkStory, firstLineOf } from '../../src/usecases/bulkStory.ts';
import type { WholeBulk } from '../../src/usecases/wholeBulk.ts';
import { act, anyBulk, bulk, draftView, listFaults } from './anyBulk.ts';
import { choice } from './anyForm.ts';
import { number, text } from './anything.ts';
import { LINK, setting } from './everyRequest.ts';
import { tryOut } from './tryOut.ts';

const ofBulk = (build: Parameters<typeof tryOut<BulkStory>>[1]) =>
  tryOut(anyBulk, build, (story) => firstLineOf(story).ticket);

function memoryOf({ bulk: { id, digest } }: BulkStory) {
  return { id, digest, channel: 'C0123456789', thread: '1763542800.000001' };
}

const typed = fc.option(fc.record({ list: text(4000), reason: text(4000) }), { nil: undefined });

const listAgain = fc.record({ id: fc.uuid(), number, count: fc.nat(1000) });

const files = fc.subarray([...bulkFiles]);
const whole: fc.Arbitrary<WholeBulk> = fc.record({
  story: anyBulk,
  files: fc.record({ there: files, lost: files }),
  link: fc.constantFrom(undefined, LINK),
  open: fc.subarray(['approve', 'reject', 'withdraw', 'go_on', 'stop']),
  mayFind: fc.boolean(),
});
const ticketOfWhole = ({ story }: WholeBulk) => firstLineOf(story).ticket;

export const everyBulk = {
  wholeBulkMessage: tryOut(whole, (one) => wholeBulkMessage(one, inReadersZone), ticketOfWhole),
  wholeBulkView: tryOut(whole, (one) => wholeBulkView(one, inReadersZone), ticketOfWhole),
  bulkHeadline: ofBulk(bulkHeadline),
  bulkCard: ofBulk((story) => bulkCard(story, setting)),
  /** Of an act that was the last, or was followed by others. */
  bulkActMessage: tryOut(fc.tuple(anyBulk, act, fc.boolean()), ([story, one, isLast]) =>
    bulkActMessage(isLast ? { ...story, acts: [...story.acts, one] } : story, one, setting),
  ),
  progressMessage: ofBulk(progressMessage),
  bulkCallMessage: ofBulk((story) => bulkCallMessage(story, setting)),
  bulkReminderMessage: tryOut(fc.tuple(fc.constantFrom(...reminders), anyBulk), ([reminder, story]) =>
    bulkReminderMessage(reminder, story, setting),
  ),
  bulkResultMessage: ofBulk((story) => bulkResultMessage(story, LINK)),
  approveBulkForm: ofBulk((story) => approveBulkForm(story, memoryOf(story))),
  rejectBulkForm: ofBulk((story) => rejectBulkForm(story.bulk, memoryOf(story))),
  draftMessage: tryOut(draftView, draftMessage),
  bulkForm: tryOut(
    fc.tuple(choice, typed, fc.record({ faults: listFaults, again: listAgain }, { requiredKeys: [] })),
    ([one, list, more]) => bulkForm(one, list, more),
  ),
  bulkAgainForm: tryOut(
    fc.tuple(
      choice,
      fc.record({ bulk, count: fc.nat(1000), list: text(4000), reason: text(500), ticket: text(200) }),
    ),
    ([one, again]) => bulkAgainForm(one, again),
  ),
};
