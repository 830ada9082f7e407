/** The client for everything that no listener does: it repeats nothing, and says at once when Slack limits it. */
import { type FetchFunction, type Logger, WebClient } from '@slack/web-api';

interface SignedIn {
  readonly client: WebClient;
  /** Where the app is installed. */
  readonly home: { readonly team: string; readonly enterprise: string | undefined };
}

/** @throws Error with a sentence for the operator when Slack does not know the token, or is away */
export async function signIn(options: {
  readonly botToken: string;
  readonly apiUrl: string | undefined;
  readonly fetch: FetchFunction;
  readonly logger: Logger;
}): Promise<SignedIn> {
  const { botToken, apiUrl, fetch, logger } = options;
  const client = new WebClient(botToken, {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    fetch,
    timeout: 10_000,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger,
  });
  const { team_id: team = '', enterprise_id: enterprise } = await client.auth
    .test()
    .catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`Slack does not let Countersign in with SLACK_BOT_TOKEN: ${why}`, { cause: error });
    });
  return { client, home: { team, enterprise } };
}
