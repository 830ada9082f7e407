/** What people may look at. */
import type { Freeze } from '../domain/freeze.ts';
import type { Person } from '../domain/person.ts';
import { openStates, type Request, unsettledStates } from '../domain/request.ts';
import type { World } from './ports.ts';
import type { Story } from './story.ts';

export const lists = ['pending', 'mine', 'unknown'] as const;
type List = (typeof lists)[number];

export const LIST_SHOWN = 20;

export interface Queries {
  listRequests(list: List | 'open', person: Person): Promise<readonly Request[]>;
  showRequest(number: number): Promise<Story | undefined>;
  /** Those that stand. */
  listFreezes(): Promise<readonly Freeze[]>;
  showFreeze(number: number): Promise<Freeze | undefined>;
}

export function createQueries({ store }: Pick<World, 'store'>): Queries {
  return {
    listRequests(list, person) {
      switch (list) {
        case 'mine':
          return store.selectRequests({ by: 'requester', person }, LIST_SHOWN);
        case 'open':
          return store.selectRequests({ by: 'states', states: openStates }, LIST_SHOWN);
        case 'pending':
          return store.selectRequests({ by: 'states', states: ['pending'] }, LIST_SHOWN);
        case 'unknown':
          return store.selectRequests({ by: 'states', states: unsettledStates }, LIST_SHOWN);
      }
    },
    async showRequest(number) {
      const request = await store.selectOptionalRequest(number);
      return request && store.selectStory(request.id);
    },
    listFreezes: () => store.selectFreezes(),
    showFreeze: (number) => store.selectOptionalFreeze(number),
  };
}
