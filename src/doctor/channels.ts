/** Whether the app is in the channels of the settings, and can read what it posted there. */
import type { WebClient } from '@slack/web-api';
import { failure, type Finding, ok } from './finding.ts';
import { readSlackWord, type Remedies } from './slackWord.ts';

/** With the scopes that Countersign has anyway: those that tell more of a channel would be for this check alone. */
export async function checkChannels(
  client: WebClient,
  channels: Readonly<Record<string, string>>,
): Promise<readonly Finding[]> {
  return Promise.all(Object.entries(channels).map(([name, id]) => checkChannel(client, name, id)));
}

async function checkChannel(client: WebClient, name: string, channel: string): Promise<Finding> {
  const remedies: Remedies = {
    not_in_channel: `the app is not in ${channel}, so type "/invite @Countersign" there`,
    channel_not_found: `${channel} is no channel that the app can see; compare its id, and invite the app if it is private`,
  };
  try {
    await client.conversations.history({ channel, limit: 1 });
    return ok(`The app is in the ${name} channel.`);
  } catch (error) {
    const { level, says } = readSlackWord(error, remedies);
    return level === 'failure' ? failure(`The ${name} channel: ${says}`) : { level, says };
  }
}
