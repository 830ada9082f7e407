/** What people see in their Homes. */
import type { House } from '../fakes/house.ts';
import { elementsOf } from '../fakes/slack/blocks.ts';
import { readWords } from '../fakes/slack/person.ts';
import type { Shown } from '../fakes/slack/views.ts';

/** What stands in a section of a Home: its words, and what can be pressed there. */
export function sectionOf(home: Shown, title: string) {
  const { blocks } = home.source;
  const titles = blocks.map((block) => (block.type === 'header' ? block.text.text : undefined));
  const start = titles.indexOf(title);
  if (start === -1) throw new Error(`the Home has no section ${title}: ${readWords(home)}`);
  const behind = titles.findIndex((other, n) => n > start && other !== undefined);
  const own = blocks.slice(start + 1, behind === -1 ? undefined : behind);
  return {
    words: own.map((block) => JSON.stringify(block)).join('\n'),
    buttons: own.flatMap((block) =>
      elementsOf(block).map((element) => (element.type === 'button' ? element.text.text : '')),
    ),
  };
}

export const WAITING = 'Waiting for you';
export const UNSETTLED = 'Outcome not known yet';
export const ASKED = 'Your open requests';
export const ENDED = 'Ended in the last seven days';

/** As soon as the section of somebody's Home is as wanted. */
export async function seesIn(
  house: House,
  who: string,
  title: string,
  isWanted: (words: string) => boolean,
): Promise<Shown> {
  const person = house.slack.person(who);
  await person.sees.home(() => person.home !== undefined && isWanted(sectionOf(person.home, title).words));
  if (person.home === undefined) throw new Error(`${who} has no Home`);
  return person.home;
}
