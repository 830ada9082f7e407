import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlainLink } from '../../src/domain/ticket.ts';
import { card } from '../../src/slack/card.ts';
import { approveForm, rejectForm } from '../../src/slack/decideForms.ts';
import { headline } from '../../src/slack/headline.ts';
import { inReadersZone } from '../../src/slack/look.ts';
import { approvalEntry, resultMessage } from '../../src/slack/thread.ts';
import type { Scene } from '../../src/usecases/context.ts';
import { readView } from '../fakes/slack/limits.ts';
import { anyScene } from './anyScene.ts';
import { aDecision, liveIn, shown } from './aStory.ts';

const groups = { finance: Array.from({ length: 50 }, (_one, n) => `U_${n}A123456789`) };
const setting = { showTime: inReadersZone, groups };

/** What is live though it comes from outside, but for a ticket's link, which is to be followed. */
function strangeIn(message: Parameters<typeof liveIn>[0], { request: { ticket } }: Scene): string[] {
  const link = ticket !== null && isPlainLink(ticket) ? `<${ticket.replaceAll('&', '&amp;')}>` : undefined;
  return liveIn(message).filter((one) => one !== link);
}

describe('whatever is asked, decided and shown beside it', () => {
  it.each([
    ['the headline', (scene: Scene) => headline(scene, setting)],
    ['the card', (scene: Scene) => card(scene, setting)],
    ['an approval in the thread', (scene: Scene) => approvalEntry(scene, aDecision(), setting)],
    ['the requester’s message', (scene: Scene) => resultMessage(scene, undefined)],
  ])('Slack takes %s, in which nothing from outside is live', (_what, build) => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        const message = build(scene);
        shown(message);
        expect(strangeIn(message, scene)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('Slack takes the forms of a decision', () => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        const { id, digest, evidence } = scene.request;
        const memory = { id, digest, channel: 'C1', thread: '1.1' };
        const form = approveForm(scene, evidence, memory, []);
        readView(form, 'modal');
        expect(strangeIn({ text: '', blocks: form.blocks }, scene)).toEqual([]);
        readView(rejectForm(scene.request, memory), 'modal');
      }),
      { numRuns: 2000 },
    );
  });
});
