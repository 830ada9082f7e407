/**
 * What an answer about a payment that there is not shows of the account's credentials. A signature proves the secret;
 * an error about the account is believed without one, because Freedom Pay leaves just those unsigned.
 */
import { z } from 'zod';
import type { Access } from '../src/domain/provider.ts';
import type { HttpReply } from '../src/http.ts';
import { ACCESS, isSameSecret, noAccess, untoldAccess } from './exchange.ts';
import { readXml } from './flatXml.ts';
import { NO_PAYMENT, REFUSALS } from './freedompayAnswers.ts';
import { Once, sign } from './freedompayMessage.ts';

const Said = z.object({ pg_sig: Once.default(''), pg_error_code: Once.default('') });

/** What has come with HTTP 401. */
const WRONG_SIGNATURE = '1100';

/** @param script whose name the signature begins with. */
export function readAccess({ status, body }: HttpReply, script: string, secret: string): Access {
  const entries = readXml(body, 'response') ?? [];
  const said = Said.safeParse(Object.groupBy(entries, ([name]) => name)).data;
  const refusal = REFUSALS.get(status === 401 ? WRONG_SIGNATURE : (said?.pg_error_code ?? ''));
  if (refusal !== undefined && refusal !== NO_PAYMENT) return noAccess(refusal);
  if (entries.length > 0 && said !== undefined && isSameSecret(said.pg_sig, sign(script, entries, secret)))
    return ACCESS;
  return untoldAccess(
    `Freedom Pay did not answer as it does (HTTP ${status}): check the url, api and secret of this account.`,
  );
}
