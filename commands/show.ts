/** `/cancel show`, and "Details" in a Home: one request or bulk with all that is on record of it. */
import { bulkNameOf, readBulkNumber } from '../src/domain/bulk.ts';
import type { Person } from '../src/domain/person.ts';
import { nameOf, readNumber } from '../src/domain/request.ts';
import { homeLabels } from '../src/language/home.ts';
import { noBulkText, noRequestText, showUsage, WHICH_REQUEST } from '../src/language/show.ts';
import { CardButton, ButtonClick } from '../src/slack/payloads.ts';
import { noticeView, waitingView } from '../src/slack/views.ts';
import { wholeBulkMessage, wholeBulkView } from '../src/slack/wholeBulk.ts';
import { storyMessage, storyView } from '../src/slack/wholeStory.ts';
import { answerInView } from './answerInView.ts';
import type { Register } from './desk.ts';
import { type Subcommand, whyNotShown } from './subcommand.ts';

export const show: Subcommand = {
  ...showUsage,
  async answer({ rest, person }, { usecases, showTime }) {
    const bulk = readBulkNumber(rest);
    if (bulk !== undefined) {
      const whole = await usecases.showBulkNumber(bulk, person);
      return whole === undefined
        ? noBulkText(bulkNameOf({ number: bulk }))
        : wholeBulkMessage(whole, showTime);
    }
    const number = readNumber(rest);
    if (number === undefined) return WHICH_REQUEST;
    const whole = await usecases.showNumber(number, person);
    return whole === undefined ? noRequestText(nameOf({ number })) : storyMessage(whole, showTime);
  },
};

export const registerShow: Register = (app, desk) => {
  const { usecases, showTime } = desk;
  const whole = {
    show_request: async (id: string, person: Person) =>
      storyView(await usecases.showRequest(id, person), showTime),
    show_bulk: async (id: string, person: Person) =>
      wholeBulkView(await usecases.showWholeBulk(id, person), showTime),
  };
  for (const [action, build] of Object.entries(whole)) {
    app.action(action, async ({ ack, body, client }) => {
      await ack();
      const { person, trigger, button } = ButtonClick.parse(body);
      const { id } = CardButton.parse(button);
      const title = homeLabels.details;
      const { view } = await client.views.open({ trigger_id: trigger, view: waitingView(title) });
      await answerInView(client, { id: view?.id ?? '', title, user: person.user }, async () => {
        const why = await whyNotShown(person, desk);
        return { view: why === undefined ? await build(id, person) : noticeView(title, why) };
      });
    });
  }
};
