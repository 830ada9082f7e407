/** The floor of an acknowledgement: a Bolt app with the same receiver, whose listeners only ack. */
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';

const { SLACK_SIGNING_SECRET = '', SLACK_BOT_TOKEN = '', SLACK_API_URL = '', PORT } = process.env;
const receiver = new HTTPReceiver({ signingSecret: SLACK_SIGNING_SECRET, logLevel: LogLevel.ERROR });
const app = new App({
  token: SLACK_BOT_TOKEN,
  receiver,
  clientOptions: { slackApiUrl: SLACK_API_URL },
  logLevel: LogLevel.ERROR,
  convoStore: false,
  deferInitialization: true,
});
app.command('/cancel', async ({ ack }) => ack());
app.action('approve_request', async ({ ack }) => ack());
app.view('ask_cancellation', async ({ ack }) => ack());
await app.init();
await receiver.start({ port: Number(PORT), host: '127.0.0.1' });
process.on('disconnect', () => process.exit(0));
process.send?.({ isReady: true });
