/** Takes a person's text out of the record for good. What happened, when and by whom stays, and so does the chain. */
import type { Pool } from 'pg';
import { z } from 'zod';
import { bulkNameOf } from '../domain/bulk.ts';
import { freezeName } from '../domain/freeze.ts';
import { isOpen, nameOf, type State, states } from '../domain/request.ts';
import { NO_REQUEST } from '../record/entry.ts';
import type { Seal } from '../record/keys.ts';
import type { Posted } from '../usecases/story.ts';
import { FollowersJson, followersOf } from './following.ts';
import { createLedger } from './ledger.ts';
import { selectPosted } from './messages.ts';
import { type Queryable, selectAll, selectOne, selectOptional } from './pool.ts';
import { withTransaction } from './transaction.ts';

/** Whose text it is: by the number in C-1042 or B-1001, or in F-3; or by the place in the chain of a freeze without one. */
export interface Subject {
  readonly type: 'request' | 'bulk' | 'freeze' | 'refused_freeze';
  readonly number: number;
}

export interface Erasure {
  readonly subject: Subject;
  /** Who erases, and why. Both stay in the chain for ever. */
  readonly by: string;
  readonly why: string;
}

/** What of one request, or of what is about none, is erased: the numbers of its entries. */
interface Part {
  readonly request: string;
  readonly entries: readonly number[];
}

export type Erased =
  | {
      readonly done: true;
      /** A bulk has one for each line. */
      readonly parts: readonly Part[];
      /** What Slack has of it; nothing is erased there. */
      readonly messages: readonly Posted[];
    }
  /** One sentence says why not. */
  | { readonly done: false; readonly because: string };

const OF_REQUEST = [
  `update requests set reason = 'erased', salt = '', evidence = evidence || '{"says": "erased", "facts": {}}'
   where id = $1 and salt <> ''`,
  `update decisions set note = null, salt = '' where request_id = $1 and salt <> ''`,
  `update outcomes set says = 'erased', salt = '' where request_id = $1 and salt <> ''`,
  // What the last look-up said is no part of the record, only a copy for people.
  'update look_ups set said = null where request_id = $1',
];
const OF_FREEZE = `update freezes set reason = 'erased', salt = '' where entry = any ($1)`;

/** @param pool as the owner of the tables, whom alone PostgreSQL lets erase */
export async function eraseText(pool: Pool, seal: Seal, erasure: Erasure, now: Date): Promise<Erased> {
  return withTransaction(pool, async (client) => {
    const planned = await planErasure(client, erasure.subject);
    if (!planned.done) return planned;
    const { by, why } = erasure;
    // First the chain, and only then the rows: they give up their text to an erasure that names them, and to no other.
    const ledger = createLedger(client, seal, 0);
    for (const { request, entries } of planned.parts)
      await ledger.enter(request, now, { type: 'erasure', data: { by, why, erased: [...entries] } });
    await ledger.link();
    for (const { request, entries } of planned.parts) {
      if (request === NO_REQUEST) await client.query(OF_FREEZE, [entries]);
      else for (const statement of OF_REQUEST) await client.query(statement, [request]);
    }
    return planned;
  });
}

/** What `eraseText` would do, or why it would not. Within a transaction it keeps the request as it is until the end. */
export async function planErasure(db: Queryable, subject: Subject): Promise<Erased> {
  switch (subject.type) {
    case 'request':
      return planRequests(db, nameOf(subject), 'number = $1', subject.number);
    case 'bulk':
      return planBulk(db, subject);
    case 'freeze':
      return planFreeze(db, freezeName(subject), 'number = $1', subject.number);
    case 'refused_freeze':
      return planFreeze(
        db,
        `entry ${subject.number}`,
        'number is null and entry = (select n from chain where seq = $1 and request_id = of_house)',
        subject.number,
      );
  }
}

const no = (because: string) => ({ done: false, because }) as const;

const BulkRow = z.object({ id: z.string() });

async function planBulk(db: Queryable, { number }: Subject): Promise<Erased> {
  const name = bulkNameOf({ number });
  const bulk = await selectOptional(db, BulkRow, 'select id from bulks where number = $1', [number]);
  if (bulk === undefined) return no(`There is no bulk ${name}.`);
  const planned = await planRequests(db, name, 'bulk = $1', bulk.id);
  return planned.done
    ? { ...planned, messages: [...(await selectPosted(db, bulk.id)), ...planned.messages] }
    : planned;
}

const RequestRow = z.object({ id: z.string(), state: z.enum(states) });

/** @param where a condition on `requests`, with one parameter */
async function planRequests(
  db: Queryable,
  name: string,
  where: string,
  parameter: number | string,
): Promise<Erased> {
  const requests = await selectAll(
    db,
    RequestRow,
    `select id, state from requests where ${where} order by number for update`,
    [parameter],
  );
  if (requests.length === 0) return no(`There is no request ${name}.`);
  const open = requests.find(({ state }) => isOpen(state));
  if (open !== undefined) return no(openText(name, open.state));

  const parts: Part[] = [];
  const messages: Posted[] = [];
  for (const { id } of requests) {
    const entries = await selectTexts(db, id);
    if (entries.length > 0) parts.push({ request: id, entries });
    messages.push(...(await selectPosted(db, id)), ...(await selectCardsOfFollowers(db, id)));
  }
  return parts.length === 0 ? no(`The text of ${name} was erased before.`) : { done: true, parts, messages };
}

const EntryRow = z.object({ entry: z.number() });

async function selectTexts(db: Queryable, request: string): Promise<readonly number[]> {
  const texts = await selectAll(
    db,
    EntryRow,
    `select entry from requests where id = $1 and salt <> ''
     union all select entry from decisions where request_id = $1 and salt <> ''
     union all select entry from outcomes where request_id = $1 and salt <> ''
     order by entry`,
    [request],
  );
  return texts.map(({ entry }) => entry);
}

const FollowersRow = z.object({ followers: FollowersJson });

/** The cards of requests that follow this one show what differs from it, and so its text too. */
async function selectCardsOfFollowers(db: Queryable, request: string): Promise<readonly Posted[]> {
  const { followers } = await selectOne(db, FollowersRow, `select ${followersOf('= $1')} as followers`, [
    request,
  ]);
  const cards: Posted[] = [];
  for (const follower of followers) {
    const card = (await selectPosted(db, follower.id)).find(({ kind }) => kind === 'card');
    if (card !== undefined) cards.push({ ...card, kind: `card of ${nameOf(follower)}` });
  }
  return cards;
}

const FreezeRow = z.object({ id: z.string(), entry: z.number(), salt: z.string(), stands: z.boolean() });

/** @param where a condition on `freezes`, with one parameter */
async function planFreeze(db: Queryable, name: string, where: string, parameter: number): Promise<Erased> {
  const freeze = await selectOptional(
    db,
    FreezeRow,
    `select id, entry, salt, exists (select from standing_freezes s where s.number = freezes.number) as stands
     from freezes where ${where} for update`,
    [parameter],
  );
  if (freeze === undefined) return no(`There is no freeze ${name}.`);
  if (freeze.stands) return no(`${name} stands: its text can be erased when it is lifted.`);
  if (freeze.salt === '') return no(`The text of ${name} was erased before.`);
  const parts = [{ request: NO_REQUEST, entries: [freeze.entry] }];
  return { done: true, parts, messages: await selectPosted(db, freeze.id) };
}

function openText(name: string, state: State): string {
  return `${name} is ${state}: its text can be erased when the request is over.`;
}
