/** Takes a person's text out of the record for good. What happened, when and by whom stays, and so does the chain. */
import type { Pool } from 'pg';
import { z } from 'zod';
import { isOpen, nameOf, type State, states } from '../domain/request.ts';
import type { Seal } from '../record/keys.ts';
import type { Posted } from '../usecases/story.ts';
import { selectFollowers } from './following.ts';
import { withLedger } from './ledger.ts';
import { selectPosted } from './messages.ts';
import { type Queryable, selectAll, selectOptional, withTransaction } from './pool.ts';

export interface Erasure {
  readonly number: number;
  /** Who erases, and why. Both stay in the chain for ever. */
  readonly by: string;
  readonly why: string;
}

export type Erased =
  | {
      readonly done: true;
      /** What was erased: the numbers of the request's entries. */
      readonly entries: readonly number[];
      /** What Slack has of the request; nothing is erased there. */
      readonly messages: readonly Posted[];
    }
  /** One sentence says why not. */
  | { readonly done: false; readonly because: string };

const STATEMENTS = [
  `update requests set reason = 'erased', salt = '', evidence = evidence || '{"says": "erased", "facts": {}}'
   where id = $1 and salt <> ''`,
  `update decisions set note = null, salt = '' where request_id = $1 and salt <> ''`,
  `update outcomes set says = 'erased', salt = '' where request_id = $1 and salt <> ''`,
  // What the last look-up said is no part of the record, only a copy for people.
  'update look_ups set said = null where request_id = $1',
];

/** @param pool as the owner of the tables, whom alone PostgreSQL lets erase */
export async function eraseText(pool: Pool, seal: Seal, erasure: Erasure, now: Date): Promise<Erased> {
  return withTransaction(pool, async (client) => {
    const planned = await planErasure(client, erasure.number);
    if (!planned.done) return planned;
    const { request, entries } = planned;
    const { by, why } = erasure;
    // First the chain, and only then the rows: they give up their text to an erasure that names them, and to no other.
    await withLedger(client, seal, 0, (ledger) =>
      ledger.enter(request, now, { type: 'erasure', data: { by, why, erased: [...entries] } }),
    );
    for (const statement of STATEMENTS) await client.query(statement, [request]);
    return planned;
  });
}

/** What `eraseText` would do, or why it would not. Within a transaction it keeps the request as it is until the end. */
export async function planErasure(
  db: Queryable,
  number: number,
): Promise<
  Extract<Erased, { done: false }> | (Extract<Erased, { done: true }> & { readonly request: string })
> {
  const name = nameOf({ number });
  const request = await selectOptional(
    db,
    z.object({ id: z.string(), state: z.enum(states) }),
    'select id, state from requests where number = $1 for update',
    [number],
  );
  if (request === undefined) return { done: false, because: `There is no request ${name}.` };
  if (isOpen(request.state)) return { done: false, because: openText(name, request.state) };

  const texts = await selectAll(
    db,
    z.object({ entry: z.number() }),
    `select entry from requests where id = $1 and salt <> ''
     union all select entry from decisions where request_id = $1 and salt <> ''
     union all select entry from outcomes where request_id = $1 and salt <> ''
     order by entry`,
    [request.id],
  );
  if (texts.length === 0) return { done: false, because: `The text of ${name} was erased before.` };
  return {
    done: true,
    request: request.id,
    entries: texts.map(({ entry }) => entry),
    messages: [...(await selectPosted(db, request.id)), ...(await selectCardsOfFollowers(db, request.id))],
  };
}

/** The cards of requests that follow this one show what differs from it, and so its text too. */
async function selectCardsOfFollowers(db: Queryable, request: string): Promise<readonly Posted[]> {
  const cards: Posted[] = [];
  for (const follower of await selectFollowers(db, request)) {
    const card = (await selectPosted(db, follower.id)).find(({ kind }) => kind === 'card');
    if (card !== undefined) cards.push({ ...card, kind: `card of ${nameOf(follower)}` });
  }
  return cards;
}

function openText(name: string, state: State): string {
  return `${name} is ${state}: its text can be erased when the request is over.`;
}
