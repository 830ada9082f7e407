/** What happens to the record, told when it is committed: who did what to which request, and no text that somebody wrote. */
import type { Bulk } from '../domain/bulk.ts';
import { bulkNameOf } from '../domain/bulk.ts';
import type { NewBulkAct } from '../domain/bulkAct.ts';
import type { TriedFreeze, TriedLift } from '../domain/freeze.ts';
import { nameOf, type Request, type State } from '../domain/request.ts';
import type { TriedSignOff } from '../domain/signOff.ts';
import type { Records, Store } from '../usecases/ports.ts';
import type { Attempt, Finding, NewDecision, RefusedAsk, Story } from '../usecases/story.ts';
import { note } from './concern.ts';
import { inSpan, noteInSpan } from './trace.ts';

export type Happening =
  | { readonly type: 'asked'; readonly request: Request }
  | { readonly type: 'turned_away'; readonly refused: RefusedAsk }
  | { readonly type: 'decided'; readonly request: Request; readonly decision: NewDecision }
  | { readonly type: 'asked_for_bulk'; readonly bulk: Bulk }
  | { readonly type: 'decided_on_bulk'; readonly bulk: Bulk; readonly act: NewBulkAct }
  | { readonly type: 'froze'; readonly freeze: TriedFreeze }
  | { readonly type: 'agreed_to_lift'; readonly lift: TriedLift }
  | { readonly type: 'signed_off'; readonly tried: TriedSignOff }
  | {
      readonly type: 'learnt';
      readonly request: Request;
      readonly attempt: Attempt;
      readonly finding: Omit<Finding, 'id'>;
    }
  /** The request is as it was before, but for its state. */
  | { readonly type: 'moved'; readonly request: Request; readonly to: State };

export type Tell = (happening: Happening) => void;

/** The same store; what is committed through it is told, and what it is asked for is noted for the log. */
export function watchStore(store: Store, tell: Tell): Store {
  /** A transaction that is repeated begins its list anew. */
  async function telling<T>(transact: (begin: () => Happening[]) => Promise<T>): Promise<T> {
    let happened: Happening[] = [];
    return inSpan('record', {}, async () => {
      const result = await transact(() => (happened = []));
      for (const happening of happened) {
        noteInSpan(happening.type);
        tell(happening);
      }
      return result;
    });
  }
  return {
    ...store,
    ...noteSubjects(store),
    transaction: (work) =>
      telling((begin) => store.transaction((records) => work(watchRecords(records, begin())))),
    holding: (name, work) => store.holding(name, (records) => work({ ...records, ...noteSubjects(records) })),
    persist: (work) => telling((begin) => store.persist((records) => work(watchRecords(records, begin())))),
  };
}

type Selecting = Pick<
  Records,
  | 'lockRequest'
  | 'lockStory'
  | 'selectRequest'
  | 'selectStory'
  | 'lockBulk'
  | 'selectBulk'
  | 'selectBulkStory'
>;

/** Whoever asks for one request or bulk by its id works on it. */
function noteSubjects(records: Selecting, seen = new Map<string, Request>()): Selecting {
  function about(request: Request): Request {
    note({ request: nameOf(request) });
    seen.set(request.id, request);
    return request;
  }
  function aboutStory(story: Story): Story {
    about(story.request);
    return story;
  }

  return {
    lockRequest: async (id) => about(await records.lockRequest(id)),
    selectRequest: async (id) => about(await records.selectRequest(id)),
    lockStory: async (id) => aboutStory(await records.lockStory(id)),
    selectStory: async (id) => aboutStory(await records.selectStory(id)),
    lockBulk: async (id) => aboutBulk(await records.lockBulk(id)),
    selectBulk: async (id) => aboutBulk(await records.selectBulk(id)),
    async selectBulkStory(id) {
      const story = await records.selectBulkStory(id);
      aboutBulk(story.bulk);
      return story;
    },
  };
}

function aboutBulk(bulk: Bulk): Bulk {
  note({ bulk: bulkNameOf(bulk) });
  return bulk;
}

function watchRecords(records: Records, happened: Happening[]): Records {
  /** As they were when they were locked, or moved last. */
  const seen = new Map<string, Request>();

  function move(id: string, to: State): void {
    const request = seen.get(id);
    if (request === undefined || request.state === to) return;
    happened.push({ type: 'moved', request, to });
    seen.set(id, { ...request, state: to });
  }

  return {
    ...records,
    ...noteSubjects(records, seen),
    async insertRequest(frozen, digest) {
      const request = await records.insertRequest(frozen, digest);
      if (request === undefined) return undefined;
      note({ request: nameOf(request) });
      seen.set(request.id, request);
      happened.push({ type: 'asked', request });
      return request;
    },
    async insertRefusedAsk(refused) {
      await records.insertRefusedAsk(refused);
      happened.push({ type: 'turned_away', refused });
    },
    async insertDecision(request, decision) {
      await records.insertDecision(request, decision);
      happened.push({ type: 'decided', request, decision });
    },
    async moveRequest(request, state) {
      const moved = await records.moveRequest(request, state);
      move(request.id, state);
      return moved;
    },
    async lockLines(bulk) {
      const lines = await records.lockLines(bulk);
      for (const line of lines) seen.set(line.id, line);
      return lines;
    },
    async moveLines(ids, state) {
      await records.moveLines(ids, state);
      for (const id of ids) move(id, state);
    },
    async insertBulk(frozen, lines) {
      const bulk = await records.insertBulk(frozen, lines);
      if (bulk !== undefined) happened.push({ type: 'asked_for_bulk', bulk });
      return bulk;
    },
    async insertBulkAct(bulk, act) {
      await records.insertBulkAct(bulk, act);
      happened.push({ type: 'decided_on_bulk', bulk, act });
    },
    async insertFreeze(freeze) {
      await records.insertFreeze(freeze);
      happened.push({ type: 'froze', freeze });
    },
    async insertLift(lift) {
      await records.insertLift(lift);
      happened.push({ type: 'agreed_to_lift', lift });
    },
    async insertSignOff(tried) {
      await records.insertSignOff(tried);
      happened.push({ type: 'signed_off', tried });
    },
    async insertFinding(attempt, finding) {
      await records.insertFinding(attempt, finding);
      const request = seen.get(attempt.request);
      if (request !== undefined) happened.push({ type: 'learnt', request, attempt, finding });
    },
  };
}
