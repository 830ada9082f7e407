/** Whether Slack lets Countersign in, and with which rights. */
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { failure, type Finding, ok, warning } from './finding.ts';
import { readSlackWord, type Remedies } from './slackWord.ts';

const BOT_TOKEN: Remedies = {
  invalid_auth: 'SLACK_BOT_TOKEN is no token of this app; copy it anew from "OAuth & Permissions"',
  not_authed: 'SLACK_BOT_TOKEN is empty; copy it from "OAuth & Permissions"',
  account_inactive: 'the app was removed from the workspace; install it again, and copy the new token',
  token_revoked: 'the token was revoked; install the app again, and copy the new token',
  token_expired:
    'the token has run out, so token rotation is on, which Countersign does not do; make the app anew',
  org_login_required: 'the workspace is moving to another organisation; try again later',
};

const Answer = z.object({
  user: z.string().default(''),
  team: z.string().default(''),
  bot_id: z.string().optional(),
  is_enterprise_install: z.boolean().default(false),
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).default({}),
});

/** @param wanted the scopes of the manifest. */
export async function checkBotToken(
  client: WebClient,
  wanted: readonly string[],
): Promise<readonly Finding[]> {
  try {
    const answer = Answer.parse(await client.auth.test());
    const { user, team, bot_id, is_enterprise_install, response_metadata } = answer;
    if (bot_id === undefined)
      return [failure('SLACK_BOT_TOKEN is not a bot\'s: it begins with xoxb-, under "OAuth & Permissions".')];
    const who = is_enterprise_install
      ? failure('The app is installed for a whole organisation; Countersign needs it in one workspace.')
      : ok(`Slack lets the bot @${user} into ${team}.`);
    return [who, compareScopes(response_metadata.scopes, wanted)];
  } catch (error) {
    return [readSlackWord(error, BOT_TOKEN)];
  }
}

function compareScopes(granted: readonly string[] | undefined, wanted: readonly string[]): Finding {
  if (granted === undefined) return warning('Slack did not say which scopes the token has.');
  const lacking = wanted.filter((scope) => !granted.includes(scope));
  if (lacking.length > 0)
    return failure(
      `The token lacks ${lacking.join(', ')}: add this under "OAuth & Permissions", as manifest.yml has it, and install the app again.`,
    );
  const more = granted.filter((scope) => !wanted.includes(scope));
  return more.length === 0
    ? ok('The token has the scopes of manifest.yml, and no other.')
    : warning(
        `The token may do more than Countersign needs (${more.join(', ')}): take that away under "OAuth & Permissions", and install the app again.`,
      );
}

const APP_TOKEN: Remedies = {
  invalid_auth:
    'SLACK_APP_TOKEN is no app-level token in use; make one under "Basic Information", with the scope connections:write',
  not_allowed_token_type: 'SLACK_APP_TOKEN is not an app-level token, which begins with xapp-',
  token_revoked: 'the app-level token was revoked; make another under "Basic Information"',
};

/** Asks for the address of a connection, and opens none: once a minute is all that Slack surely takes. */
export async function checkAppToken(client: WebClient): Promise<readonly Finding[]> {
  try {
    await client.apps.connections.open();
    return [ok('Slack takes the app-level token for Socket Mode.')];
  } catch (error) {
    return [readSlackWord(error, APP_TOKEN)];
  }
}
