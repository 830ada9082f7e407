/** "I'm looking" on a card: everybody sees who is on it, until a second click or a while later. */
import { notWatchingText, watchingText } from '../src/language/context.ts';
import { nameOf } from '../src/domain/request.ts';
import { refusalText } from '../src/slack/text.ts';
import { whisper } from '../src/slack/whisper.ts';
import { WATCH_MINUTES } from '../src/usecases/watch.ts';
import { readClick } from './decide.ts';
import type { Register } from './desk.ts';

export const registerWatch: Register = (app, { usecases, showTime }) => {
  app.action('watch_request', async ({ ack, body, client }) => {
    await ack();
    const { person, memory } = readClick(body);
    const { refusal, why, request, looks } = await usecases.watchRequest(memory.id, person);
    const name = nameOf(request);
    const done = looks ? watchingText({ name, minutes: WATCH_MINUTES }) : notWatchingText(name);
    const says =
      refusal === undefined ? done : refusalText(refusal, request, showTime, { why, freeze: undefined });
    await whisper(client, person.user, memory, says);
  });
};
