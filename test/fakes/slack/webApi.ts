/** Answers one call of the Web API: token, scope, fault, then the method. */
import { z } from 'zod';
import { createChatMethods } from './chatMethods.ts';
import type { Fault, Faults } from './faults.ts';
import type { Uploads } from './fileMethods.ts';
import { createLookUpMethods } from './lookUpMethods.ts';
import { type Method, method } from './method.ts';
import type { Rates } from './rates.ts';
import { MissingScope, Refusal } from './refusal.ts';
import { createViewMethods } from './viewMethods.ts';
import type { Workspace } from './workspace.ts';

export interface Call {
  readonly method: string;
  /** As sent, without the token. */
  readonly args: Readonly<Record<string, string>>;
  /** What Slack answered, or would have if the connection had held; absent when a fault came before. */
  readonly answer?: object;
  /** Set when it was one too many for Slack's rate limits. */
  readonly wasLimited?: true;
}

export interface Tokens {
  readonly bot: string;
  readonly app: string;
}

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object | string;
  readonly delayMs: number;
  readonly dropped: boolean;
}

export interface WebApi {
  readonly calls: readonly Call[];
  answer(name: string, token: string | undefined, args: Readonly<Record<string, string>>): Reply;
}

/** Refusals that no correct app provokes: a test can hold that there were none. */
const BLUNDERS: readonly string[] = [
  'unknown_method',
  'invalid_arguments',
  'invalid_blocks',
  'invalid_attachments',
  'invalid_metadata_format',
  'metadata_too_large',
  'missing_scope',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'not_allowed_token_type',
];

/** No app can know when a file is ready, but by trying. */
function comesTooEarly({ faults }: Refusal): boolean {
  return faults.includes('invalid slack file');
}

export function createWebApi(
  workspace: Workspace,
  {
    tokens,
    uploads,
    scopes,
    faults,
    rates,
    openConnection,
    complain,
  }: {
    readonly tokens: Tokens;
    readonly uploads: Pick<Uploads, 'methods'>;
    readonly scopes: readonly string[];
    readonly faults: Faults;
    readonly rates: Rates;
    /** Makes a WebSocket address. */
    readonly openConnection: () => string;
    readonly complain: (complaint: string) => void;
  },
): WebApi {
  const calls: Call[] = [];
  const methods: Readonly<Record<string, Method>> = {
    ...createChatMethods(workspace),
    ...createViewMethods(workspace),
    ...createLookUpMethods(workspace),
    ...uploads.methods,
    'apps.connections.open': method(undefined, z.strictObject({}), () => ({ url: openConnection() })),
  };

  function run(name: string, token: string | undefined, args: Readonly<Record<string, string>>): object {
    const found = methods[name];
    if (found === undefined) throw new Refusal('unknown_method', [name]);
    refuseWrongToken(name, token);
    if (found.scope !== undefined && !scopes.includes(found.scope)) {
      throw new MissingScope(found.scope, scopes);
    }
    return { ok: true, ...found.call(args) };
  }

  function refuseWrongToken(name: string, token: string | undefined): void {
    const [wanted, other] =
      name === 'apps.connections.open' ? [tokens.app, tokens.bot] : [tokens.bot, tokens.app];
    if (token === undefined) throw new Refusal('not_authed');
    if (token === other) throw new Refusal('not_allowed_token_type');
    if (token !== wanted) throw new Refusal('invalid_auth');
  }

  function runOrRefuse(
    name: string,
    token: string | undefined,
    args: Readonly<Record<string, string>>,
  ): object {
    try {
      return run(name, token, args);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (BLUNDERS.includes(error.code) && !comesTooEarly(error)) complain(`${name}: ${error.message}`);
      return writeRefusal(error);
    }
  }

  return {
    calls,
    answer(name, token, { team_id: _teamId, token: _token, ...args }) {
      const wait = rates.refuse(name, args['channel']);
      const fault: Fault | undefined =
        wait === undefined
          ? faults.take(name, args['channel'])
          : { type: 'rate_limited', retryAfterSeconds: wait };
      const early = fault === undefined ? undefined : failBefore(fault);
      const answer = early === undefined ? runOrRefuse(name, token, args) : undefined;
      calls.push({
        method: name,
        args,
        ...(answer === undefined ? {} : { answer }),
        ...(wait === undefined ? {} : { wasLimited: true }),
      });
      workspace.changes.announce();
      return {
        ...plain,
        ...early,
        ...(answer === undefined ? {} : { body: answer }),
        headers: {
          ...(token === tokens.bot ? { 'x-oauth-scopes': scopes.join(',') } : {}),
          ...early?.headers,
        },
        delayMs: fault?.type === 'delayed' ? fault.delayMs : 0,
        dropped: fault?.type === 'dropped_before' || fault?.type === 'dropped_after',
      };
    },
  };
}

const plain: Reply = { status: 200, headers: {}, body: {}, delayMs: 0, dropped: false };

/** The answer of a fault that keeps the call from being carried out, if it is such a fault. */
function failBefore(fault: Fault): Partial<Reply> | undefined {
  switch (fault.type) {
    case 'rate_limited':
      return {
        status: 429,
        headers: { 'retry-after': String(fault.retryAfterSeconds) },
        body: { ok: false, error: 'ratelimited' },
      };
    case 'http_500':
      return { status: 500, body: 'Internal Server Error' };
    case 'refused':
      return { body: { ok: false, error: fault.error } };
    case 'dropped_before':
      return {};
    case 'delayed':
    case 'dropped_after':
      return undefined;
  }
}

function writeRefusal(refusal: Refusal): object {
  const { code, faults } = refusal;
  if (refusal instanceof MissingScope)
    return { ok: false, error: code, needed: refusal.needed, provided: refusal.provided.join(',') };
  if (faults.length === 0) return { ok: false, error: code };
  return {
    ok: false,
    error: code,
    errors: faults,
    response_metadata: { messages: faults.map((fault) => `[ERROR] ${fault}`) },
  };
}
