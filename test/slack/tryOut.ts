/** Has Slack take what a builder of `src/slack` makes of anything that it may be given. */
import type { HomeView, ModalView } from '@slack/types';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { isPlainLink } from '../../src/domain/ticket.ts';
import type { Message } from '../../src/slack/card.ts';
import { readContent } from '../fakes/slack/chatMethods.ts';
import { readView } from '../fakes/slack/limits.ts';
import { liveIn } from './aStory.ts';

/** Many times. Gives a report of what fails, with the smallest that it fails for. */
export type TryOut = (numRuns: number) => string | undefined;

type Built = Message | ModalView | HomeView | undefined;

/** @param ticketOf the one ticket whose link is to be followed: nothing else that comes from outside may be live. */
export function tryOut<Given>(
  anything: fc.Arbitrary<Given>,
  build: (given: Given) => Built,
  ticketOf: (given: Given) => string | null = () => null,
): TryOut {
  const property = fc.property(anything, (given) => {
    const built = build(given);
    if (built === undefined) return;
    take(built);
    const text = 'text' in built ? built.text : '';
    const link = linkOf(ticketOf(given));
    expect(liveIn({ text, blocks: built.blocks }).filter((one) => one !== link)).toEqual([]);
  });
  return (numRuns) => fc.defaultReportMessage(fc.check(property, { numRuns }));
}

function take(built: NonNullable<Built>): void {
  if ('text' in built) readContent(built);
  else readView(built, built.type);
}

function linkOf(ticket: string | null): string | undefined {
  return ticket !== null && isPlainLink(ticket) ? `<${ticket.replaceAll('&', '&amp;')}>` : undefined;
}
