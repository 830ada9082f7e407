/** Asks for what the flags left open, in the order in which Slack shows it. */
import { z } from 'zod';
import { DatabaseAddress } from '../config/environment.ts';
import { Channel, Member } from '../config/slackIds.ts';
import { TimeOfDay, Zone } from '../config/times.ts';
import { HttpsAddress } from '../httpsAddress.ts';
import { askForAccounts, secretsOf } from './accountQuestions.ts';
import type { Desk } from './desk.ts';
import type { Wishes } from './wishes.ts';

type Variables = Readonly<Record<string, string>>;

interface Answers {
  readonly wishes: Wishes;
  readonly variables: Variables;
}

/** @param known variables, which are not asked for. */
export async function askQuestions(desk: Desk, wishes: Wishes, known: Variables): Promise<Answers> {
  const http = wishes.http ?? (await askForAddress(desk));
  const variables: Record<string, string> = { ...known };
  async function askForSecret(name: string, message: string, schema: z.ZodType): Promise<void> {
    variables[name] ??= await desk.secret(`${message} (${name}; empty: later)`, schema);
  }

  await askForSecret('SLACK_BOT_TOKEN', 'Bot token, from "OAuth & Permissions"', startingWith('xoxb-'));
  await (http === undefined
    ? askForSecret('SLACK_APP_TOKEN', 'App-level token, from "Basic Information"', startingWith('xapp-'))
    : askForSecret('SLACK_SIGNING_SECRET', 'Signing secret, from "Basic Information"', z.string().min(8)));
  const approvalsChannel =
    wishes.approvalsChannel ??
    (await desk.text('Id of the channel for approvals, from "View channel details"', Channel));
  const financeChannel =
    wishes.financeChannel ??
    (await desk.text('Id of the channel for the daily summary', Channel, approvalsChannel));
  const approver =
    wishes.approver.length > 0
      ? wishes.approver
      : listed(
          await desk.text('Who may approve? Ids of members and user groups, with spaces between', Members),
        );
  const time = await desk.text('When is the daily summary to come?', TimeOfDay, wishes.time);
  const zone = await desk.text('In which time zone?', Zone, wishes.zone);
  await askForSecret('DATABASE_OWNER_URL', 'Address of a PostgreSQL database, as its owner', DatabaseAddress);

  const { account, set } = wishes.account.length > 0 ? wishes : await askForAccounts(desk);
  for (const { name, message, schema } of secretsOf(account)) await askForSecret(name, message, schema);
  const said = { http, approvalsChannel, financeChannel, approver, time, zone, account, set };
  return { wishes: { ...wishes, ...said }, variables };
}

async function askForAddress(desk: Desk): Promise<string | undefined> {
  const transport = await desk.choose('How do Slack and Countersign reach each other?', [
    { value: 'socket', label: 'Socket Mode: Countersign calls Slack, and no port is open' },
    { value: 'http', label: 'HTTP: Slack calls a proxy of yours' },
  ]);
  if (transport === 'socket') return undefined;
  return desk.text('Where does the proxy take calls?', HttpsAddress, 'https://');
}

const startingWith = (prefix: string) => z.string().startsWith(prefix, `must start with ${prefix}`);

const listed = (text: string) => text.split(/[\s,]+/).filter((one) => one !== '');

const Members = z
  .string()
  .transform(listed)
  .pipe(z.array(Member).min(1, 'must not be empty: nobody could approve'));
