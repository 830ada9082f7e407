/** What people may look at. */
import type { Freeze } from '../domain/freeze.ts';
import type { Membership, Person } from '../domain/person.ts';
import { readNumber } from '../domain/request.ts';
import type { BulkStory } from './bulkStory.ts';
import { createReadPage, type Page, type Cursor } from './paging.ts';
import type { World } from './ports.ts';
import type { Attempt, Story } from './story.ts';

export const lists = ['open', 'pending', 'mine', 'unknown'] as const;
type ListName = (typeof lists)[number];

const LIST_SHOWN = 10;

/** A request with all that is on record of it, and where it stands in Slack. */
export interface WholeStory {
  readonly story: Story;
  readonly attempts: readonly Attempt[];
  /** Undefined when its headline was not posted yet, or is gone. */
  readonly link: string | undefined;
}

export interface Queries {
  /** Whether this is somebody whom the record may be shown to, asked now. */
  membershipOf(person: Person): Promise<Membership>;
  listRequests(list: ListName, person: Person, cursor: Cursor): Promise<Page>;
  /** By what people call the payment, at any account, or by the request's number; those that are over too. */
  findRequests(name: string, cursor: Cursor): Promise<Page>;
  showRequest(id: string): Promise<WholeStory>;
  showNumber(number: number): Promise<WholeStory | undefined>;
  showBulk(id: string): Promise<BulkStory>;
  /** Those that stand. */
  listFreezes(): Promise<readonly Freeze[]>;
  showFreeze(number: number): Promise<Freeze | undefined>;
}

export function createQueries({
  store,
  people,
  board,
  providers,
}: Pick<World, 'store' | 'people' | 'board' | 'providers'>): Queries {
  const readPage = createReadPage(store);

  /** A provider may know a payment by other names than the one that its form asks first. */
  function paymentsCalled(name: string): readonly string[] {
    const targets = [...providers.values()].flatMap((provider) =>
      provider.fields.map((field) => provider.readTarget({ [field.name]: name })),
    );
    return [...new Set([name, ...targets.flatMap((read) => (read.ok ? [read.target.payment] : []))])];
  }

  async function linkTo(request: string): Promise<string | undefined> {
    const headline = (await store.selectPosted(request)).find(({ kind }) => kind === 'headline');
    return headline && board.linkTo(headline);
  }

  async function showRequest(id: string): Promise<WholeStory> {
    return {
      story: await store.selectStory(id),
      attempts: await store.selectAttempts(id),
      link: await linkTo(id),
    };
  }

  return {
    // Only whether they are a member: in which groups they are is of no matter here.
    membershipOf: (person) => people.membershipOf(person, { among: [] }),
    listRequests: (list, person, cursor) =>
      readPage(list === 'mine' ? { of: 'mine', person } : { of: list }, cursor, LIST_SHOWN),
    findRequests: (name, cursor) =>
      readPage(
        { of: 'named', payments: paymentsCalled(name), ticket: name, number: readNumber(name) ?? null },
        cursor,
        LIST_SHOWN,
      ),
    showRequest,
    async showNumber(number) {
      const request = await store.selectOptionalRequest(number);
      return request && showRequest(request.id);
    },
    showBulk: (id) => store.selectBulkStory(id),
    listFreezes: () => store.selectFreezes(),
    showFreeze: (number) => store.selectOptionalFreeze(number),
  };
}
