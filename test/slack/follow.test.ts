import { describe, expect, it } from 'vitest';
import { canBeAskedAgain, type Request, states } from '../../src/domain/request.ts';
import { card } from '../../src/slack/card.ts';
import { followMessage } from '../../src/slack/follow.ts';
import { inReadersZone } from '../../src/slack/look.ts';
import type { Decision, Earlier, Finding, Story } from '../../src/usecases/story.ts';
import { anEvidence, aRequest, lena } from '../domain/aRequest.ts';
import { aDecision, aFinding, aStory, hostileTexts, liveIn, shown } from './aStory.ts';
import { longest } from './longest.ts';

const rejected = aDecision({ act: 'reject', person: lena, note: 'It was captured.' });

function anEarlier(
  changes: Partial<Request> = {},
  decisions: readonly Decision[] = [rejected],
  findings: readonly Finding[] = [],
): Earlier {
  const request = aRequest({ number: 1041, state: 'rejected', ...changes });
  return { request, decisions, findings, before: 0 };
}

function following(earlier: Earlier, changes: Partial<Request> = {}): Story {
  return { ...aStory({ follows: earlier.request.id, ...changes }), earlier };
}

function told(earlier: Earlier, changes: Partial<Request> = {}): string {
  const message = followMessage(following(earlier, changes));
  if (message === undefined) throw new Error('it follows one');
  return shown(message);
}

describe('the card of a request that follows another', () => {
  it('says how that one ended, and what differs', () => {
    const changes = {
      reason: 'Paid once, and again by mistake',
      ticket: 'T-7',
      partial: true,
      amount: { minor: 4990n, currency: 'PLN' },
    };
    expect(told(anEarlier(), changes)).toMatchInlineSnapshot(`
      "*Asks again what C-1041 asked*. 🚫 <@U_LENA> rejected this. Nothing was sent. It was captured.
      What differs from it:
      Amount: 480.00 PLN → 49.90 PLN (a part)
      Reason: “Paid twice” → “Paid once, and again by mistake”
      Ticket: none → T-7
      ---
      *Asks again what C-1041 asked*
      🚫 <@U_LENA> rejected this. Nothing was sent.
      “It was captured.”
      What differs from it:
      Amount: 480.00 PLN → 49.90 PLN (a part)
      Reason: “Paid twice” → “Paid once, and again by mistake”
      Ticket: none → T-7"
    `);
  });

  it('says that nothing differs', () => {
    expect(told(anEarlier())).toContain('Nothing differs from it.');
  });

  it('shows the one that it follows, and only counts those before', () => {
    expect(told({ ...anEarlier(), before: 1 })).toContain(
      '*Asks again what C-1041 asked* (and one before it)',
    );
    expect(told({ ...anEarlier(), before: 7 })).toContain('*Asks again what C-1041 asked* (and 7 before it)');
  });

  it('gives the provider as the one who refused, with its words', () => {
    const refused = aFinding({ type: 'refused', code: 'S-404', says: 'SIBS does not know it.' });
    expect(told(anEarlier({ state: 'refused' }, [aDecision({ note: 'Go.' })], [refused]))).toMatch(
      /^\*Asks again what C-1041 asked\*. ⛔ SIBS refused, and nothing happened. SIBS does not know it./,
    );
  });

  it('passes over acts that came too late', () => {
    const late = aDecision({ note: 'I would have.', refusal: 'already_decided' });
    expect(told(anEarlier({}, [rejected, late]))).not.toContain('I would have');
  });

  it('says it to those who only hear the card', () => {
    const setting = { showTime: inReadersZone, groups: {} };
    const { text } = card(following(anEarlier(), { reason: 'New' }), setting);
    expect(text).toContain('*Asks again what C-1041 asked*. 🚫 <@U_LENA> rejected this.');
    expect(text).toContain('Reason: “Paid twice” → “New”');
  });
});

describe('whatever people and providers write', () => {
  it.each(hostileTexts)('%s stays words, on its own line', (_what, text) => {
    const end = aDecision({ act: 'reject', person: lena, note: text });
    const from = anEarlier({ payment: text, reason: text, ticket: text, details: { [text]: text } }, [end]);
    const says = { type: 'refused', code: text, says: text } as const;
    const to = { details: { [text]: 'x', other: text }, evidence: { ...anEvidence, says: text } };
    for (const earlier of [from, anEarlier({ ...from.request, state: 'refused' }, [], [aFinding(says)])]) {
      const message = followMessage(following(earlier, to));
      if (message === undefined) throw new Error('it follows one');
      expect(liveIn(message)).toEqual([]);
      expect(message.text.split('\n')).toHaveLength(7);
    }
  });

  it.each(
    (['pending', 'cancelled'] as const).flatMap((now) =>
      states.filter(canBeAskedAgain).map((state) => [now, state] as const),
    ),
  )('the longest of everything fits when %s, after one that was %s', (now, state) => {
    for (const [n, story] of longest(now).entries()) {
      const before = longest(state)[n] ?? story;
      const differs = { payment: 'p', reason: 'r', ticket: 't', details: {}, partial: false };
      const request = { ...before.request, ...differs };
      for (const decisions of [before.decisions, []]) {
        const earlier = { request, decisions, findings: before.findings, before: 12 };
        const message = card({ ...story, earlier }, { showTime: inReadersZone, groups: {} });
        expect(shown(message)).toContain('What differs from it:');
      }
    }
  });
});
