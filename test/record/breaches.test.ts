import { describe, expect, it } from 'vitest';
import { breaches } from '../../src/record/breaches.ts';
import { createHistory } from '../../src/record/history.ts';
import { judge } from '../../src/record/judge.ts';
import {
  asked,
  byClock,
  byLena,
  byPavel,
  CLOSES,
  DEADLINE,
  decided,
  digestOf,
  erased,
  frozen,
  learnt,
  LENA,
  life,
  MARIA,
  sent,
} from './aLife.ts';

const approved = [asked(), byPavel, byLena];
const unknown = [...approved, sent(), learnt({ outcome: 'unknown' })];
const found = decided({ act: 'find_cancelled', minute: 500 });
const byPerson = learnt({ source: 'person' });
const notSent = learnt({ outcome: 'not_sent' });
const rejected = decided({ act: 'reject', saw: null });
const late = decided({ minute: DEADLINE });

describe('a request that did not keep the law', () => {
  const { refused } = breaches;
  const own = { person: MARIA, groups: ['finance', 'risk'] };
  const otherRule = { ...frozen, rule: { ...frozen.rule, needs: [] } };

  // The last step is the one at fault.
  it.each([
    [breaches.notAsked, 'begins with a decision', [byPavel]],
    [breaches.otherDigest, 'has the digest of something else', [asked({ digest: 'ab'.repeat(32) })]],
    [breaches.otherDigest, 'was changed under its digest', [asked({ frozen: otherRule })]],
    [
      breaches.otherRequest,
      'freezes another',
      [asked({ frozen: { ...frozen, id: '0b7a8f3e-6c1d-4e55-9a1f-2f1c8a54d002' } })],
    ],
    [breaches.askedAgain, 'is asked twice', [asked(), asked()]],

    [refused.own_request, 'is approved by its requester', [asked(), decided(own)]],
    [
      refused.own_request,
      'is approved by its requester in another team',
      [asked(), decided({ ...own, person: { ...MARIA, team: 'T_OTHER' } })],
    ],
    [refused.own_request, 'is rejected by its requester', [asked(), decided({ ...own, act: 'reject' })]],
    [breaches.nobody, 'is approved by nobody', [asked(), decided({ person: null })]],
    [refused.already_approved, 'is approved twice by one person', [asked(), byPavel, byPavel]],
    [refused.request_changed, 'is approved as something else', [asked(), decided({ saw: 'ab'.repeat(32) })]],
    [refused.request_changed, 'is approved unseen', [asked(), decided({ saw: null })]],
    [
      breaches.noAlias,
      'is approved with the account of its requester',
      [asked(), decided({ person: { team: 'T_ACME', user: 'U_PAVEL', alias: 'U_MARIA' } })],
    ],
    [refused.not_an_approver, 'is approved from no group', [asked(), decided({ groups: [] })]],
    [refused.not_an_approver, 'is approved from another group', [asked(), decided({ groups: ['staff'] })]],
    [refused.expired, 'is approved at its deadline', [asked(), late]],
    [refused.already_decided, 'is approved after it was rejected', [asked(), rejected, byLena]],
    [
      refused.already_decided,
      'is approved once more than it needs',
      [...approved, decided({ person: { ...LENA, user: 'U_TOM' } })],
    ],
    [refused.not_an_approver, 'is rejected from no group', [asked(), decided({ act: 'reject', groups: [] })]],
    [refused.not_the_requester, 'is withdrawn by another', [asked(), decided({ act: 'withdraw' })]],

    [
      breaches.clockIsNoPerson,
      'is let expire by a person',
      [asked(), decided({ act: 'expire', minute: DEADLINE })],
    ],
    [breaches.clockIsNoPerson, 'is let lapse by a person', [asked(), decided({ act: 'lapse' })]],
    [breaches.expiredEarly, 'expires before its deadline', [asked(), byClock('expire', DEADLINE - 1)]],
    [breaches.ended('approved'), 'expires when approved', [...approved, byClock('expire', DEADLINE)]],
    [breaches.ended('rejected'), 'lapses when rejected', [asked(), rejected, byClock('lapse')]],
    [breaches.ended('sending'), 'lapses when being sent', [...approved, sent(), byClock('lapse')]],

    [breaches.notApproved, 'is sent unasked', [asked(), sent()]],
    [breaches.notApproved, 'is sent with one of two approvals', [asked(), byPavel, sent()]],
    [
      breaches.notApproved,
      'is sent with two approvals by one group',
      [asked(), byPavel, decided({ person: LENA }), sent()],
    ],
    [
      breaches.notApproved,
      'is sent by a rule that asks for nobody',
      [asked({ frozen: otherRule, digest: digestOf(otherRule) }), sent()],
    ],
    [breaches.attemptNumber, 'is sent as if for the second time', [...approved, sent(2)]],
    [breaches.maybeTwice, 'is sent again without an outcome', [...approved, sent(), sent(2)]],
    [breaches.maybeTwice, 'is sent again with an unknown one', [...unknown, sent(2)]],
    [
      breaches.maybeTwice,
      'is sent again for what an earlier attempt was not',
      [...approved, sent(), notSent, sent(2), learnt({ outcome: 'not_sent', source: 'look_up' }), sent(3)],
    ],
    [breaches.ended('lapsed'), 'is sent after it lapsed', [...approved, byClock('lapse'), sent()]],
    [
      breaches.ended('accepted'),
      'is sent again after it was accepted',
      [
        ...approved,
        sent(),
        learnt({ outcome: 'accepted' }),
        learnt({ outcome: 'not_sent', source: 'look_up' }),
        sent(2),
      ],
    ],
    [breaches.windowClosed, 'is sent after its window closed', [...approved, sent(1, CLOSES)]],

    [breaches.noAttempt, 'has an outcome and no attempt', [...approved, learnt()]],
    [breaches.noAttempt, 'has an outcome of a later attempt', [...approved, sent(), learnt({ attempt: 2 })]],
    [breaches.answeredTwice, 'is answered twice', [...unknown, learnt()]],
    [breaches.nobodyFound, 'was found cancelled by nobody', [...unknown, byPerson]],
    [
      breaches.nobodyFound,
      'was found refused by one who found it cancelled',
      [...unknown, found, learnt({ source: 'person', outcome: 'refused' })],
    ],
    [
      refused.own_request,
      'was found cancelled by its requester',
      [...unknown, decided({ ...own, act: 'find_cancelled' })],
    ],
    [
      refused.not_an_approver,
      'was found cancelled from no group',
      [...unknown, decided({ act: 'find_cancelled', groups: [] })],
    ],
    [
      refused.request_changed,
      'was found cancelled unseen',
      [...unknown, decided({ act: 'find_refused', saw: null })],
    ],
    [
      breaches.nobody,
      'was found cancelled by nobody in person',
      [...unknown, decided({ act: 'find_cancelled', person: null })],
    ],
    [refused.already_settled, 'was found cancelled before it was sent', [asked(), found]],
    [breaches.foundNothing, 'was found, and not what', [...unknown, decided({ act: 'find' })]],

    [breaches.nothingToErase, 'erases a note that nobody wrote', [...approved, erased(2)]],
    [breaches.nothingToErase, 'erases what comes later', [asked(), erased(3)]],
    [
      breaches.aboutNoRequest,
      'has an alarm in it',
      [
        asked(),
        { minute: 1, type: 'alarm', data: { account: 'a', notice: 'b', payment: null, reference: null } },
      ],
    ],
  ] as const)('%s: it %s', (says, _how, steps) => {
    const entries = life(...steps);
    expect(judge(entries, createHistory()).breaches).toEqual([{ entry: entries.at(-1), says }]);
  });

  it('is told also where a breach goes on: what was sent was sent', () => {
    const entries = life(asked(), sent(), notSent, sent(2), learnt({ attempt: 2 }));
    expect(judge(entries, createHistory())).toEqual({
      state: 'cancelled',
      breaches: [1, 3].map((index) => ({ entry: entries[index], says: breaches.notApproved })),
    });
  });
});
