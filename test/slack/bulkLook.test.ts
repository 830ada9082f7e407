import { describe, expect, it } from 'vitest';
import type { Freeze, Scope } from '../../src/domain/freeze.ts';
import type { State } from '../../src/domain/request.ts';
import { bulkStateOfStory } from '../../src/slack/bulkLook.ts';
import type { BulkStory } from '../../src/usecases/bulkStory.ts';
import { aRequest, maria, pavel, tom } from '../domain/aRequest.ts';

const approved = {
  id: '1',
  act: 'approve' as const,
  person: pavel,
  groups: ['finance'],
  saw: null,
  why: null,
  note: null,
  actedAt: new Date('2026-11-19T09:00:00Z'),
  refusal: null,
};
const halted = {
  ...approved,
  id: '2',
  act: 'pause' as const,
  person: null,
  groups: [],
  why: 'trouble' as const,
};

function aBulk(state: State, scope: Scope | null, acts: BulkStory['acts'] = []): BulkStory {
  const { id, account, requestedAt, deadline, rule, digest } = aRequest();
  const freeze: Omit<Freeze, 'scope'> = {
    id,
    number: 3,
    reason: 'Suspicious night',
    person: tom,
    frozenAt: deadline,
    lifts: [],
  };
  const line = { says: null, code: null, reference: null, lookUpsEndedAt: null };
  return {
    bulk: {
      id,
      number: 1001,
      account,
      requester: maria,
      requestedAt,
      deadline,
      rule,
      lines: [digest],
      digest,
    },
    acts,
    lines: [{ request: aRequest({ state }), ...line }],
    standing: scope === null ? [] : [{ ...freeze, scope }],
    freezeNews: 1,
  };
}

const ofPavel: Scope = { type: 'person', users: [pavel.user] };

describe('how a bulk stands', () => {
  it.each<[string, BulkStory, string]>([
    ['waits', aBulk('pending', null), '⏳ Waiting for approval'],
    ['waits under a freeze', aBulk('pending', { type: 'all' }), '🧊 Frozen by F-3, and waiting for approval'],
    ['waits, and who did not approve it is frozen', aBulk('pending', ofPavel), '⏳ Waiting for approval'],
    ['is sent', aBulk('approved', null, [approved]), '📨 Being sent, one after the other'],
    [
      'is kept back',
      aBulk('approved', ofPavel, [approved]),
      '🧊 Frozen by F-3, so it is approved and not sent',
    ],
    [
      'is halted under a freeze',
      aBulk('approved', ofPavel, [approved, halted]),
      '⏸️ Halted: somebody has to say whether it goes on',
    ],
    ['ended under a freeze', aBulk('cancelled', ofPavel, [approved]), '🏁 Done: 1 cancelled'],
  ])('is told when it %s', (_what, story, says) => {
    expect(bulkStateOfStory(story)).toBe(says);
  });
});
