/** What the entries of a request make of it, from the first one on. */
import { hash } from 'node:crypto';
import { canonicalJson } from '../domain/canonical.ts';
import type { Approval } from '../domain/decide.ts';
import type { State } from '../domain/request.ts';
import { breaches } from './breaches.ts';
import type { Body } from './entry.ts';

export type Data<Type extends Body['type']> = Extract<Body, { type: Type }>['data'];

export interface Life {
  readonly asked: Pick<Data<'request'>['frozen'], 'account' | 'requester' | 'rule'> & {
    readonly digest: string;
    readonly deadline: Date;
    readonly closesAt: Date | null;
    /** The bulk of which it is a line. */
    readonly bulk: string | undefined;
  };
  state: State;
  readonly approvals: Approval[];
  readonly attempts: { answered: boolean; surelyNotSent: boolean }[];
  /** What people found who may. */
  readonly found: Set<string>;
  /** The numbers of the entries whose text can be erased. */
  readonly texts: Set<number>;
}

export function begin({ data: { digest, frozen } }: Extract<Body, { type: 'request' }>): Life {
  const { account, requester, rule, deadline, closesAt, bulk } = frozen;
  return {
    asked: {
      account,
      requester,
      rule,
      digest,
      deadline: new Date(deadline),
      closesAt: closesAt === null ? null : new Date(closesAt),
      bulk,
    },
    state: 'pending',
    approvals: [],
    attempts: [],
    found: new Set(),
    texts: new Set([1]),
  };
}

export function judgeRequest({ request, data }: Extract<Body, { type: 'request' }>): string | undefined {
  if (data.frozen.id !== request) return breaches.otherRequest;
  const digest = hash('sha256', canonicalJson(data.frozen));
  return digest === data.digest ? undefined : breaches.otherDigest;
}
