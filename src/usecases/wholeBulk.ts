/** What people may look at of a bulk. */
import { type BulkFile, bulkFiles } from '../domain/bulk.ts';
import { actsOpenTo, type HandAct } from '../domain/bulkAct.ts';
import { asKnown, type Person } from '../domain/person.ts';
import { NOWHERE } from './announce.ts';
import { type BulkStory, standingOf, unsettledLines } from './bulkStory.ts';
import { approvalsOf, partiesOfBulk } from './decideOnBulk.ts';
import { createMayFind } from './mayFind.ts';
import type { World } from './ports.ts';
import type { Posted } from './story.ts';

/** A bulk with all that is on record of it, where it stands in Slack, and what its reader could do to it now. */
export interface WholeBulk {
  readonly story: BulkStory;
  /** The files that are in its thread, and those that Slack did not take. */
  readonly files: { readonly there: readonly BulkFile[]; readonly lost: readonly BulkFile[] };
  /** Undefined when its headline was not posted yet, or is gone. */
  readonly link: string | undefined;
  readonly open: readonly HandAct[];
  /** Whether its reader could say now what became of a line of which nobody knows that yet. */
  readonly mayFind: boolean;
}

export interface BulkQueries {
  showBulk(id: string): Promise<BulkStory>;
  showWholeBulk(id: string, reader: Person): Promise<WholeBulk>;
  showBulkNumber(number: number, reader: Person): Promise<WholeBulk | undefined>;
}

export function createBulkQueries(
  world: Pick<World, 'store' | 'people' | 'board' | 'aliases' | 'now'>,
): BulkQueries {
  const { store, people, board, aliases, now } = world;
  const mayFind = createMayFind(world);

  async function findOpenActs(story: BulkStory, reader: Person): Promise<readonly HandAct[]> {
    const { bulk, acts, standing } = story;
    const among = bulk.rule.needs.map(({ group }) => group);
    // Who was in a group in the last minutes is enough: whatever is pressed is judged by who is in it then.
    const membership = await people.membershipOf(reader, { among, lately: true });
    const approvals = approvalsOf(acts);
    const person = asKnown(reader, partiesOfBulk(bulk, approvals), aliases);
    return actsOpenTo({ person, membership }, bulk, standingOf(story), approvals, standing, now());
  }

  /** What is judged of one line holds for all: they have one requester, one rule and the same approvals. */
  async function mayFindLines(story: BulkStory, reader: Person): Promise<boolean> {
    const [request] = unsettledLines(story);
    const { acts, standing } = story;
    return request !== undefined && mayFind({ request, approvals: approvalsOf(acts), standing }, reader);
  }

  async function showWholeBulk(id: string, reader: Person): Promise<WholeBulk> {
    const story = await store.selectBulkStory(id);
    const posted = await store.selectPosted(id);
    const headline = posted.find(({ kind }) => kind === 'headline');
    return {
      story,
      files: filesIn(posted),
      link: headline && (await board.linkTo(headline)),
      open: await findOpenActs(story, reader),
      mayFind: await mayFindLines(story, reader),
    };
  }

  return {
    showBulk: (id) => store.selectBulkStory(id),
    showWholeBulk,
    async showBulkNumber(number, reader) {
      const bulk = await store.selectOptionalBulk(number);
      return bulk && showWholeBulk(bulk.id, reader);
    },
  };
}

function filesIn(posted: readonly Posted[]): WholeBulk['files'] {
  const tried = bulkFiles.flatMap((file) => {
    const message = posted.find(({ kind }) => kind === `file:${file}`);
    return message === undefined ? [] : [{ file, isThere: message.channel !== NOWHERE.channel }];
  });
  return {
    there: tried.flatMap(({ file, isThere }) => (isThere ? [file] : [])),
    lost: tried.flatMap(({ file, isThere }) => (isThere ? [] : [file])),
  };
}
