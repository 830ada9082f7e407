/** What people may look at. */
import { type Bulk, readBulkNumber } from '../domain/bulk.ts';
import type { Freeze } from '../domain/freeze.ts';
import type { Membership, Person } from '../domain/person.ts';
import { readNumber } from '../domain/request.ts';
import { createMayFind } from './mayFind.ts';
import { createReadPage, type Page, type Cursor } from './paging.ts';
import type { World } from './ports.ts';
import type { Attempt, Story } from './story.ts';
import { type BulkQueries, createBulkQueries } from './wholeBulk.ts';

export const lists = ['open', 'pending', 'mine', 'unknown'] as const;
type ListName = (typeof lists)[number];

const LIST_SHOWN = 10;

/** A request with all that is on record of it, where it stands in Slack, and what its reader could do about it now. */
export interface WholeStory {
  readonly story: Story;
  readonly attempts: readonly Attempt[];
  /** Of which it is a line. */
  readonly bulk: Bulk | undefined;
  /** To its thread, which is that of its bulk. Undefined when its headline was not posted yet, or is gone. */
  readonly link: string | undefined;
  /** Whether its reader could say now what became of it. */
  readonly mayFind: boolean;
}

export interface Queries extends BulkQueries {
  /** Whether this is somebody whom the record may be shown to, asked now. */
  membershipOf(person: Person): Promise<Membership>;
  listRequests(list: ListName, person: Person, cursor: Cursor): Promise<Page>;
  /** By what people call the payment, at any account, or by the number of a request or a bulk; those that are over too. */
  findRequests(name: string, cursor: Cursor): Promise<Page>;
  showRequest(id: string, reader: Person): Promise<WholeStory>;
  showNumber(number: number, reader: Person): Promise<WholeStory | undefined>;
  /** Those that stand. */
  listFreezes(): Promise<readonly Freeze[]>;
  showFreeze(number: number): Promise<Freeze | undefined>;
}

export function createQueries(
  world: Pick<World, 'store' | 'people' | 'board' | 'providers' | 'aliases' | 'now'>,
): Queries {
  const { store, people, board, providers } = world;
  const readPage = createReadPage(store);
  const mayFind = createMayFind(world);

  /** A provider may know a payment by other names than the one that its form asks first. */
  function paymentsCalled(name: string): readonly string[] {
    const targets = [...providers.values()].flatMap((provider) =>
      provider.fields.map((field) => provider.readTarget({ [field.name]: name })),
    );
    return [...new Set([name, ...targets.flatMap((read) => (read.ok ? [read.target.payment] : []))])];
  }

  /** @param subject a request or a bulk */
  async function linkTo(subject: string): Promise<string | undefined> {
    const headline = (await store.selectPosted(subject)).find(({ kind }) => kind === 'headline');
    return headline && board.linkTo(headline);
  }

  async function showRequest(id: string, reader: Person): Promise<WholeStory> {
    const story = await store.selectStory(id);
    const { bulk } = story.request;
    return {
      story,
      attempts: await store.selectAttempts(id),
      bulk: bulk === null ? undefined : await store.selectBulk(bulk),
      link: await linkTo(bulk ?? id),
      mayFind: await mayFind(story, reader),
    };
  }

  return {
    ...createBulkQueries(world),
    // Only whether they are a member: in which groups they are is of no matter here.
    membershipOf: (person) => people.membershipOf(person, { among: [] }),
    listRequests: (list, person, cursor) =>
      readPage(list === 'mine' ? { of: 'mine', person } : { of: list }, cursor, LIST_SHOWN),
    findRequests: (name, cursor) =>
      readPage(
        {
          of: 'named',
          payments: paymentsCalled(name),
          ticket: name,
          number: readNumber(name) ?? null,
          bulk: readBulkNumber(name) ?? null,
        },
        cursor,
        LIST_SHOWN,
      ),
    showRequest,
    async showNumber(number, reader) {
      const request = await store.selectOptionalRequest(number);
      return request && showRequest(request.id, reader);
    },
    listFreezes: () => store.selectFreezes(),
    showFreeze: (number) => store.selectOptionalFreeze(number),
  };
}
