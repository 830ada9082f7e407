/** A person's Home: what waits for them, what they asked for, what nobody knows yet, and what ended lately. */
import { addSeconds, DAY_SECONDS } from '../domain/clock.ts';
import { aliasesOf, asKnown, type Membership, type Person } from '../domain/person.ts';
import { bulkWaitsFor, waitsFor } from '../domain/waiting.ts';
import { type BulkCourse, standingOfCourse } from './bulkStory.ts';
import { approvalsOf, partiesOfBulk } from './decideOnBulk.ts';
import { Later } from './later.ts';
import { createReadPage, type List, type Page, type Row, START, type Cursor } from './paging.ts';
import type { World } from './ports.ts';

export const sections = ['waiting', 'unsettled', 'asked', 'ended'] as const;
export type Section = (typeof sections)[number];

/** Slack takes 100 blocks in a Home; a row that waits for its reader needs three, the others two. */
const SHOWN: Readonly<Record<Section, number>> = { waiting: 10, unsettled: 5, asked: 5, ended: 5 };

const LATELY_SECONDS = 7 * DAY_SECONDS;

/** What one person's Home shows. */
export type Home =
  | {
      readonly type: 'queue';
      /** Of its reader, by all their accounts. */
      readonly users: readonly string[];
      readonly pages: Readonly<Record<Section, Page>>;
    }
  /** For nobody but full, live members. */
  | { readonly type: 'closed'; readonly why: string };

/** A Home as it is remembered between two looks. */
export interface KeptHome {
  readonly person: Person;
  /** Sections that are not named stand at their first page. */
  readonly cursors: Readonly<Partial<Record<Section, Cursor>>>;
  /** What it ought to show, and how far Slack has got. */
  readonly wanted: number;
  readonly shown: number;
  /** Of the view as Slack has it. */
  readonly hash: string | null;
}

export interface Homes {
  /** Somebody opened theirs: it begins at the first pages. */
  openHome(person: Person): Promise<void>;
  /** Somebody turned a page of theirs. */
  pageHome(person: Person, section: Section, cursor: Cursor): Promise<void>;
  /** Has Slack show what the record says now. It may run any number of times. */
  showHome(user: string): Promise<void>;
}

interface By {
  readonly person: Person;
  readonly membership: Membership;
}

export function createHomes({
  store,
  people,
  board,
  aliases,
  now,
}: Pick<World, 'store' | 'people' | 'board' | 'aliases' | 'now'>): Homes {
  const readPage = createReadPage(store);

  function isBulkWaiting(course: BulkCourse, { person, membership }: By, at: Date): boolean {
    const { bulk, acts } = course;
    const approvals = approvalsOf(acts);
    const known = asKnown(person, partiesOfBulk(bulk, approvals), aliases);
    const state = standingOfCourse(course);
    return bulkWaitsFor(bulk, state, approvals, { person: known, membership }, at);
  }

  async function readHome(
    { person, cursors }: KeptHome,
    at: Date,
  ): Promise<{ home: Home; groups: readonly string[] }> {
    // Who was in a group in the last minutes is enough: whatever is pressed is judged by who is in it then.
    const membership = await people.membershipOf(person, { lately: true });
    if (!membership.live) return { home: { type: 'closed', why: membership.why }, groups: [] };
    const { groups } = membership;
    const users = aliasesOf(person.user, aliases);
    const read = (section: Section, list: List, isWanted?: Parameters<typeof readPage>[3]) =>
      readPage(list, cursors[section] ?? START, SHOWN[section], isWanted);
    const isWaiting = (row: Row) =>
      'bulk' in row
        ? isBulkWaiting(row, { person, membership }, at)
        : waitsFor(row.request, row.approvals, { person, membership }, at);
    const pages = {
      waiting: await read('waiting', { of: 'waiting', users, groups }, isWaiting),
      unsettled: await read('unsettled', { of: 'unsettled', users, groups }),
      asked: await read('asked', { of: 'asked', users }),
      ended: await read('ended', { of: 'ended', users, groups, since: addSeconds(at, -LATELY_SECONDS) }),
    };
    return { home: { type: 'queue', users, pages }, groups };
  }

  return {
    async openHome(person) {
      await store.transaction(async (records) => {
        await records.saveHomeOpened(person, now());
        await records.enqueue({ name: 'home', user: person.user });
      });
    },

    async pageHome(person, section, cursor) {
      await store.transaction(async (records) => {
        await records.saveHomeCursor(person, section, cursor, now());
        await records.enqueue({ name: 'home', user: person.user });
      });
    },

    showHome: (user) =>
      // One after the other, or an older look at the record could reach Slack last.
      store.alone(`home ${user}`, async () => {
        const kept = await store.selectOptionalHome(user);
        if (kept === undefined || kept.shown >= kept.wanted) return;
        const at = now();
        const { home, groups } = await readHome(kept, at);
        const published = await board.publishHome(user, home, at, kept.hash);
        if (published === undefined) {
          // By a process that died before it could remember the hash, or, if this one was held up, by another.
          if (kept.hash !== null) await store.forgetHomeHash(user, kept.hash);
          throw new Later(`Slack shows another Home of ${user}`, 1);
        }
        await store.saveHomeShown(user, { shown: kept.wanted, hash: published.hash, groups });
      }),
  };
}
