/** The Home of each person: opened, paged, and asked from. Its other buttons are those of the cards. */
import { HomeCursor } from '../src/slack/home.ts';
import { ButtonClick, HomeOpened, Wish } from '../src/slack/payloads.ts';
import { openAskForm } from './ask.ts';
import type { Register } from './desk.ts';

export const registerHome: Register = (app, desk) => {
  app.event('app_home_opened', async ({ body }) => {
    const { person, tab } = HomeOpened.parse(body);
    if (tab === 'home') await desk.usecases.openHome(person);
  });

  for (const action of ['page_more', 'page_back']) {
    app.action(action, async ({ ack, body }) => {
      await ack();
      const { person, button } = ButtonClick.parse(body);
      const { section, cursor } = HomeCursor.parse(button);
      await desk.usecases.pageHome(person, section, cursor);
    });
  }

  app.action('ask_from_home', async ({ ack, body, client }) => {
    await ack();
    await openAskForm(client, Wish.parse(body), desk, undefined, { reference: '', reason: '' });
  });
};
