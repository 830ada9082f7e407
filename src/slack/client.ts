/** A client for a command, which asks Slack a few things and ends. */
import { LogLevel, WebClient } from '@slack/web-api';

/**
 * @param apiUrl of a local Slack; empty for Slack itself. @param waits for as long as Slack wants when it limits a call,
 *   or else has it fail.
 */
export function createClient(token: string, apiUrl: string, retries: number, waits = true): WebClient {
  return new WebClient(token, {
    ...(apiUrl === '' ? {} : { slackApiUrl: apiUrl }),
    timeout: 10_000,
    retryConfig: { retries },
    rejectRateLimitedCalls: !waits,
    logLevel: LogLevel.ERROR,
  });
}
