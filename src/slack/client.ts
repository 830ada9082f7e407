/** A client for a command, which asks Slack a few things and ends. */
import { LogLevel, WebClient } from '@slack/web-api';

/** @param apiUrl of a local Slack; empty for Slack itself. */
export function createClient(token: string, apiUrl: string, retries: number): WebClient {
  return new WebClient(token, {
    ...(apiUrl === '' ? {} : { slackApiUrl: apiUrl }),
    timeout: 10_000,
    retryConfig: { retries },
    logLevel: LogLevel.ERROR,
  });
}
