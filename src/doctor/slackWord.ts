/** What Slack's no to a call means for the operator. */
import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { z } from 'zod';
import { failure, type Finding, warning } from './finding.ts';

/** What to do, by Slack's error code. */
export type Remedies = Readonly<Record<string, string>>;

const Missing = z.object({ needed: z.string().default('') });

export function readSlackWord(error: unknown, remedies: Remedies): Finding {
  if (error instanceof WebAPIRateLimitedError)
    return warning(`Slack takes no more calls of this kind for ${error.retryAfter} s: try again then.`);
  if (!(error instanceof WebAPIPlatformError))
    return failure(`Slack could not be asked: ${reasonOf(error)}.`);
  const { error: code, ...rest } = error.data;
  if (code === 'missing_scope') {
    const { needed } = Missing.parse(rest);
    return failure(
      `The token lacks ${needed === '' ? 'a scope' : `the scope ${needed}`}: bring the app in line with manifest.yml, and install it again.`,
    );
  }
  return failure(`Slack says ${code}: ${remedies[code] ?? 'its page on the method names this error'}.`);
}

/** The code at the root of it, such as ENOTFOUND: what stands around it can be long, and hold addresses. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the call failed';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const inner = error.cause === undefined ? undefined : reasonOf(error.cause);
  if (inner !== undefined && inner !== 'the call failed') return inner;
  if ('statusCode' in error && typeof error.statusCode === 'number')
    return `it answered HTTP ${error.statusCode}`;
  return code === undefined || code.startsWith('slack_') ? 'the call failed' : code;
}
