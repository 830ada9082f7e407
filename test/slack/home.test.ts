import { describe, expect, it } from 'vitest';
import type { BulkAct } from '../../src/domain/bulkAct.ts';
import { type State, states } from '../../src/domain/request.ts';
import { homeView } from '../../src/slack/home.ts';
import { inReadersZone } from '../../src/slack/look.ts';
import type { BulkCourse } from '../../src/usecases/bulkStory.ts';
import { type Home, type Section, sections } from '../../src/usecases/home.ts';
import type { Page, Row } from '../../src/usecases/paging.ts';
import { maria, pavel } from '../domain/aRequest.ts';
import { elementsOf } from '../fakes/slack/blocks.ts';
import { readView } from '../fakes/slack/limits.ts';
import { aFreeze, aStory, hostileTexts, liveIn, textsOf } from './aStory.ts';
import { aBulkCourse, aHalt } from './aBulkCourse.ts';
import { longest } from './longest.ts';

const NOW = new Date('2026-11-19T09:00:00Z');
const NO_PAGE: Page = { rows: [], onwards: null, back: null };

function homeWith(pages: Partial<Record<Section, Page>>, person = pavel): Home {
  const empty = { waiting: NO_PAGE, unsettled: NO_PAGE, asked: NO_PAGE, ended: NO_PAGE };
  return { type: 'queue', users: [person.user], pages: { ...empty, ...pages } };
}

/** The Home as Slack takes it. */
function view(home: Home) {
  const shown = homeView(home, NOW, inReadersZone);
  readView(shown, 'home');
  return shown;
}

const page = (rows: readonly Row[]): Page => ({
  rows,
  onwards: rows.length === 0 ? null : 1042,
  back: rows.length === 0 ? null : 1042,
});

/** The buttons of the one row in the section, by what they do. */
function actionsFor(section: Section, row: Row, person = pavel): string[] {
  const shown = view(homeWith({ [section]: { ...NO_PAGE, rows: [row] } }, person));
  return readView(shown, 'home')
    .blocks.flatMap(elementsOf)
    .map((element) => element.action_id)
    .filter((action) => action !== 'ask_from_home');
}

/** What stands in the one row of a bulk. */
function rowIn(section: Section, row: BulkCourse): string | undefined {
  const { blocks } = view(homeWith({ [section]: page([row]) }));
  const rows = textsOf(blocks).filter(({ text }) => text.includes('*B-'));
  expect(rows).toHaveLength(1);
  return rows[0]?.text;
}

describe('a Home', () => {
  it.each(states)('stays within Slack’s limits with full pages of the longest requests, all %s', (state) => {
    for (const story of longest(state)) {
      const full = (size: number) => page(Array.from({ length: size }, () => story));
      const pages = { waiting: full(10), unsettled: full(5), asked: full(5), ended: full(5) };
      expect(liveIn({ text: '', blocks: view(homeWith(pages)).blocks })).toEqual([]);
    }
  });

  it.each(hostileTexts)('shows a reason with %s as it is', (_what, reason) => {
    const pages = Object.fromEntries(sections.map((section) => [section, page([aStory({ reason })])]));
    const { blocks } = view(homeWith(pages));
    expect(liveIn({ text: '', blocks })).toEqual([]);
    expect(textsOf(blocks).filter(({ text }) => text.includes('HOSTILE'))).toHaveLength(1);
  });

  it.each<[Section, State, typeof pavel, readonly string[]]>([
    ['waiting', 'pending', pavel, ['show_request', 'approve_request', 'reject_request']],
    ['unsettled', 'unknown', pavel, ['show_request', 'record_finding']],
    ['unsettled', 'accepted', pavel, ['show_request', 'record_finding']],
    ['unsettled', 'unknown', maria, ['show_request']],
    ['asked', 'pending', maria, ['show_request', 'withdraw_request']],
    ['asked', 'sending', maria, ['show_request']],
    ['ended', 'cancelled', pavel, ['show_request']],
    ['ended', 'rejected', maria, ['show_request']],
  ])('offers in %s, for a request that is %s, what its reader may do', (section, state, person, actions) => {
    expect(actionsFor(section, aStory({ state }), person)).toEqual(actions);
  });

  it.each<[Section, readonly State[], readonly BulkAct[], typeof pavel, readonly string[]]>([
    ['waiting', ['pending'], [], pavel, ['show_bulk', 'approve_bulk', 'reject_bulk']],
    ['waiting', ['refused', 'approved'], [aHalt], pavel, ['show_bulk', 'go_on_bulk', 'stop_bulk']],
    ['asked', ['pending'], [], maria, ['show_bulk', 'withdraw_bulk']],
    ['asked', ['cancelled', 'approved'], [], maria, ['show_bulk', 'stop_bulk']],
    ['asked', ['refused', 'approved'], [aHalt], maria, ['show_bulk', 'stop_bulk']],
    ['asked', ['cancelled', 'unknown'], [], maria, ['show_bulk']],
  ])(
    'offers in %s, for a bulk whose lines are %j, what its reader may do',
    (section, lines, acts, person, actions) => {
      expect(actionsFor(section, aBulkCourse(lines, { acts }), person)).toEqual(actions);
    },
  );

  it('shows a bulk in one row, with its total, and a freeze that keeps it back', () => {
    const course = aBulkCourse(['pending', 'pending', 'pending']);
    expect(rowIn('waiting', course)).toMatch(
      /^\*B-1001\* .* `shop-pl` .* 3 payments .* \*150\.00\u00a0PLN, 1 of unknown amount\*\nDecide before .*<@U_MARIA>/,
    );
    const frozen = { ...course, standing: [aFreeze()] };
    expect(rowIn('asked', frozen)).toContain('🧊 Frozen by F-3, and waiting for approval');
  });

  it('says of an outcome that a person has to look, when nothing more is to be learnt', () => {
    const called = aStory({ state: 'unknown' }, [], [], { last: null, endedAt: NOW });
    const { blocks } = view(homeWith({ unsettled: page([called]) }));
    expect(textsOf(blocks).map(({ text }) => text)).toContainEqual(
      expect.stringContaining('a person has to look at the provider'),
    );
  });

  it('cursors the pages of each section by itself', () => {
    const { blocks } = view(
      homeWith({ waiting: page([aStory()]), ended: page([aStory({ state: 'expired' })]) }),
    );
    const cursors = blocks
      .flatMap((block) => ('elements' in block && block.type === 'actions' ? block.elements : []))
      .flatMap((element) =>
        element.type === 'button' && element.action_id?.startsWith('page_') ? [element] : [],
      );
    expect(cursors.map((button) => [button.accessibility_label, button.value])).toEqual([
      ['Back: Waiting for you', '{"section":"waiting","cursor":{"to":"back","from":1042}}'],
      ['More: Waiting for you', '{"section":"waiting","cursor":{"to":"onwards","from":1042}}'],
      ['Back: Ended in the last seven days', '{"section":"ended","cursor":{"to":"back","from":1042}}'],
      ['More: Ended in the last seven days', '{"section":"ended","cursor":{"to":"onwards","from":1042}}'],
    ]);
  });

  it('has one sentence for whoever may not see it', () => {
    const { blocks } = view({ type: 'closed', why: 'you are a guest' });
    expect(textsOf(blocks)).toHaveLength(1);
    expect(JSON.stringify(blocks)).toContain('you are a guest');
  });
});
