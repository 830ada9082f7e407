/** Fills what is said of a freeze, and its message in the approvals channel. */
import type { Button } from '@slack/types';
import { type Freeze, freezeName, isStanding, type Scope } from '../domain/freeze.ts';
import {
  becauseText,
  type FreezeInWords,
  freezeText,
  frozenThing,
  LIFT_EFFECT,
  liftedText,
  liftLabels,
} from '../language/freeze.ts';
import { isFrozenClause } from '../language/frozenRequest.ts';
import { section } from './blocks.ts';
import { blockId } from './buttons.ts';
import type { Message } from './card.ts';
import { code, plain, sentence, words } from './inert.ts';
import { mention, type ShowTime } from './look.ts';

export function thingOf(scope: Scope): string {
  switch (scope.type) {
    case 'all':
      return frozenThing('all', '');
    case 'account':
      return frozenThing('account', code(scope.account));
    case 'person':
      return frozenThing('person', scope.users.map((user) => `<@${user}>`).join(' / '));
  }
}

export function inWords(freeze: Freeze, showTime: ShowTime): FreezeInWords {
  return {
    name: freezeName(freeze),
    thing: thingOf(freeze.scope),
    scope: freeze.scope.type,
    person: mention(freeze.person),
    at: showTime(freeze.frozenAt),
    lifters: freeze.lifts.map(({ person }) => mention(person)),
  };
}

export function clauseOf(freeze: Freeze): string {
  return isFrozenClause({ name: freezeName(freeze), thing: thingOf(freeze.scope) });
}

/** Once it is lifted, its button goes. */
export function freezeMessage(freeze: Freeze, showTime: ShowTime): Message {
  const standing = isStanding(freeze);
  const said = inWords(freeze, showTime);
  const text = standing ? freezeText(said) : liftedText(said);
  return {
    text: becauseText({ text, reason: sentence(freeze.reason) }),
    blocks: [
      section(text),
      words(freeze.reason),
      ...(standing
        ? [
            {
              type: 'actions' as const,
              block_id: blockId('lift', 1 + freeze.lifts.length),
              elements: [liftButton(freeze)],
            },
          ]
        : []),
    ],
  };
}

/** Asks once more: a click that went wrong would count. */
function liftButton(freeze: Freeze): Button {
  return {
    type: 'button',
    action_id: 'lift_freeze',
    text: plain(liftLabels.lift),
    value: JSON.stringify({ freeze: freeze.id }),
    accessibility_label: `${liftLabels.lift}: ${freezeName(freeze)}`,
    confirm: {
      title: plain(liftLabels.title, 100),
      text: plain(LIFT_EFFECT, 300),
      confirm: plain(liftLabels.confirm, 30),
      deny: plain(liftLabels.deny, 30),
    },
  };
}
