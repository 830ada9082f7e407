import { describe, expect, it } from 'vitest';
import type { Scope } from '../../src/domain/freeze.ts';
import { card } from '../../src/slack/card.ts';
import { freezeMessage } from '../../src/slack/freeze.ts';
import { headline } from '../../src/slack/headline.ts';
import { inReadersZone } from '../../src/slack/look.ts';
import { refusalText } from '../../src/slack/text.ts';
import { approvalEntry } from '../../src/slack/thread.ts';
import type { Scene } from '../../src/usecases/context.ts';
import { lena, pavel } from '../domain/aRequest.ts';
import { aDecision, aFreeze, aStory, hostileTexts, liveIn, showTime, shown } from './aStory.ts';
import { longest } from './longest.ts';

const setting = { showTime, groups: { finance: ['U_PAVEL', 'U_LENA'] } };
const at = new Date('2026-11-19T22:00:00.000Z');

const byLena = { person: lena, agreedAt: at };
const byPavel = { person: pavel, agreedAt: at };

const frozen = (state: 'pending' | 'approved', standing = [aFreeze()]): Scene => ({
  ...aStory({ state }, state === 'approved' ? [aDecision()] : []),
  standing,
});

describe('the message of a freeze', () => {
  it('tells who froze what and why, what that does, and how it ends', () => {
    expect(shown(freezeMessage(aFreeze(), showTime))).toMatchInlineSnapshot(`
      "🧊 *F-3: everything is frozen.* <@U_PAVEL> did that at 19 Nov, 22:00 UTC. Nothing is sent and no approval counts.
      Two approvers have to agree before that ends. Agreed: 0 of 2.
      Reason: Suspicious night
      ---
      🧊 *F-3: everything is frozen.* <@U_PAVEL> did that at 19 Nov, 22:00 UTC. Nothing is sent and no approval counts.
      Two approvers have to agree before that ends. Agreed: 0 of 2.
      “Suspicious night”
      Agree to lift
      Lift this freeze?
      When two approvers have agreed, what is approved can be sent again. You can't take this back.
      Agree
      Not yet"
    `);
  });

  it.each<[Scope, string]>([
    [{ type: 'account', account: 'shop-pl' }, 'the account `shop-pl` is frozen.'],
    [{ type: 'person', users: ['U_TOM'] }, '<@U_TOM> is frozen.'],
  ])('names %j', (scope, words) => {
    expect(shown(freezeMessage(aFreeze({ scope }), showTime))).toContain(words);
  });

  it('counts who agreed to lift it, and has no button any more when it is lifted', () => {
    const half = freezeMessage(aFreeze({ lifts: [byLena] }), showTime);
    expect(shown(half)).toContain('Agreed: 1 of 2: <@U_LENA>.');
    const lifted = freezeMessage(aFreeze({ lifts: [byLena, byPavel] }), showTime);
    expect(shown(lifted)).toMatchInlineSnapshot(`
      "✅ *F-3 is lifted.* <@U_LENA> and <@U_PAVEL> agreed. <@U_PAVEL> had frozen everything at 19 Nov, 22:00 UTC.
      Reason: Suspicious night
      ---
      ✅ *F-3 is lifted.* <@U_LENA> and <@U_PAVEL> agreed. <@U_PAVEL> had frozen everything at 19 Nov, 22:00 UTC.
      “Suspicious night”"
    `);
    expect(lifted.blocks.map(({ type }) => type)).toEqual(['section', 'section']);
  });

  it('asks once more before an agreement counts, and has a new block id each time', () => {
    const blocks = [[], [byLena]].flatMap((lifts) => freezeMessage(aFreeze({ lifts }), showTime).blocks);
    const actions = blocks.flatMap((block) => (block.type === 'actions' ? [block] : []));
    expect(new Set(actions.map((block) => block.block_id)).size).toBe(2);
    const [button] = actions[0]?.elements ?? [];
    const value = JSON.stringify({ freeze: aFreeze().id });
    expect(button).toMatchObject({ action_id: 'lift_freeze', value, confirm: {} });
  });

  it.each(hostileTexts)('lets nothing live of a reason that is %s', (_what, reason) => {
    expect(liveIn(freezeMessage(aFreeze({ reason }), showTime))).toEqual([]);
  });

  it.each(['💥', '&'])('fits into a message however long its reason is, of %s', (word) => {
    const long = aFreeze({ reason: word.repeat(500), scope: { type: 'account', account: 'a'.repeat(40) } });
    expect(shown(freezeMessage(long, inReadersZone))).toContain('F-3');
  });
});

describe('a request that a freeze stops', () => {
  it('says so instead of calling people to approve, and can still be rejected and withdrawn', () => {
    const message = card(frozen('pending'), setting);
    expect(shown(headline(frozen('pending'), setting))).toContain(
      '🧊 Frozen by F-3, and waiting for approval',
    );
    expect(shown(message)).toContain('No approval counts while everything is frozen (F-3)');
    expect(shown(message)).not.toContain('please approve');
    expect(message.blocks.filter(({ type }) => type === 'actions')).toHaveLength(1);
    const half = frozen('pending');
    const entry = approvalEntry(half, aDecision(), setting);
    expect(shown(entry)).not.toContain('please approve');
  });

  it('says so where it is approved and not sent', () => {
    for (const message of [headline(frozen('approved'), setting), card(frozen('approved'), setting)])
      expect(shown(message)).toContain('🧊 Frozen by F-3, so it is approved and not sent');
  });

  it('is as ever in every other state', () => {
    const story = aStory({ state: 'unknown' }, [aDecision()]);
    expect(card({ ...story, standing: [aFreeze()] }, setting)).toEqual(card(story, setting));
  });

  it('fits into its messages however long everything is', () => {
    for (const long of longest('pending')) {
      const scope = { type: 'account', account: 'a'.repeat(40) } as const;
      const story = { ...long, standing: [aFreeze({ scope })] };
      const inZone = { ...setting, showTime: inReadersZone };
      expect(shown(card(story, inZone))).toContain('F-3');
      expect(shown(headline(story, inZone))).toContain('F-3');
    }
  });

  it('names the freeze to whoever tried to approve', () => {
    const { request } = frozen('pending');
    expect(refusalText('frozen', request, showTime, { why: undefined, freeze: aFreeze() })).toBe(
      'What you decided on C-1042 does not count, because everything is frozen (F-3); two approvers can lift that.',
    );
  });
});
