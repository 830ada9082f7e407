/** A requester's list is checked as far as that is possible without the provider, and becomes a draft of a bulk. */
import { randomUUID } from 'node:crypto';
import { LINES_MAX } from '../domain/bulk.ts';
import { type Flaw, type ListLine, readList } from '../domain/list.ts';
import type { Person } from '../domain/person.ts';
import type { Field, Provider, Target } from '../domain/provider.ts';
import { nameOf } from '../domain/request.ts';
import { noAccountText } from '../language/askFaults.ts';
import {
  duplicateText,
  lineAlreadyOpenText,
  listFaults,
  tooManyLinesText,
  unknownChoiceText,
  unknownColumnText,
} from '../language/bulkFaults.ts';
import { randomKey } from './ids.ts';
import { reasonFault, ticketFault } from './checkAsk.ts';
import type { LineFault } from './draft.ts';
import type { World } from './ports.ts';

interface AskInBulk {
  readonly account: string;
  readonly list: string;
  readonly reason: string;
  readonly ticket?: string;
}

interface CheckedList {
  readonly account: string;
  readonly reason: string;
  readonly ticket: string | null;
  readonly lines: readonly { readonly place: number; readonly target: Target }[];
}

export interface ListFaults {
  /** One sentence per faulty field: `account`, `list`, `reason` or `TICKET_FIELD`. */
  readonly faults: Readonly<Record<string, string>>;
  /** Every line that is faulty, in order. */
  readonly lines: readonly LineFault[];
}

export type CheckList = (
  ask: AskInBulk,
) => { readonly ok: true; readonly list: CheckedList } | ({ readonly ok: false } & ListFaults);

/** All that can be said of a list at once, without asking anybody. */
export function createCheckList({ providers, ticket: rule }: Pick<World, 'providers' | 'ticket'>): CheckList {
  return ({ account, list, ...typed }) => {
    const reason = typed.reason.trim();
    const ticket = typed.ticket?.trim() ?? '';
    const provider = providers.get(account);
    if (provider === undefined) return { ok: false, faults: { account: noAccountText(account) }, lines: [] };
    const read = readList(list, provider.fields);
    const { lines, faults } = readTargets(read, provider);
    const wrong = { ...reasonFault(reason), ...ticketFault(ticket, rule), ...sizeFault(read.length) };
    const isGood = Object.keys(wrong).length === 0 && faults.length === 0;
    return isGood
      ? { ok: true, list: { account, reason, ticket: ticket || null, lines } }
      : { ok: false, faults: wrong, lines: faults };
  };
}

function sizeFault(lines: number): ListFaults['faults'] {
  if (lines === 0) return { list: listFaults.empty };
  return lines > LINES_MAX ? { list: tooManyLinesText({ lines, max: LINES_MAX }) } : {};
}

function readTargets(
  read: readonly ListLine[],
  provider: Provider,
): { readonly lines: CheckedList['lines']; readonly faults: readonly LineFault[] } {
  const lines: { place: number; target: Target }[] = [];
  const faults: LineFault[] = [];
  const places = new Map<string, number>();
  for (const { place, fields, flaw } of read) {
    const target = provider.readTarget(fields);
    const payment = target.ok ? target.target.payment : Object.values(fields).join(' ');
    const earlier = places.get(payment);
    const says = flaw
      ? sayFlaw(flaw, provider.fields)
      : target.ok
        ? sayDuplicate(earlier)
        : Object.values(target.faults).join(' ');
    if (says !== undefined) faults.push({ place, payment, says });
    else if (target.ok) lines.push({ place, target: target.target });
    if (target.ok && earlier === undefined) places.set(payment, place);
  }
  return { lines, faults };
}

function sayDuplicate(earlier: number | undefined): string | undefined {
  return earlier === undefined ? undefined : duplicateText(earlier);
}

function sayFlaw(flaw: Flaw, fields: readonly Field[]): string {
  switch (flaw.type) {
    case 'unnamed_column':
      return listFaults.unnamedColumn;
    case 'unknown_column':
      return unknownColumnText({
        column: flaw.named,
        columns: fields.map(({ name }) => name).join(', '),
      });
    case 'unknown_choice': {
      const { label, choices = [] } = flaw.field;
      return unknownChoiceText({
        label,
        typed: flaw.typed,
        choices: choices.map((choice) => choice.label).join(', '),
      });
    }
  }
}

export type BeginDraft = (
  list: CheckedList,
  requester: Person,
) => Promise<{ readonly ok: true; readonly draft: string } | ({ readonly ok: false } & ListFaults)>;

/** Looking up goes on in the background; the requester is told there. */
export function createBeginDraft({ store, now }: Pick<World, 'store' | 'now'>): BeginDraft {
  return async ({ account, reason, ticket, lines }, requester) => {
    const payments = lines.map(({ target }) => target.payment);
    const open = new Map(
      (await store.selectOpenRequests(account, payments)).map((request) => [
        request.payment,
        nameOf(request),
      ]),
    );
    const faults = lines.flatMap(({ place, target: { payment } }) => {
      const name = open.get(payment);
      return name === undefined ? [] : [{ place, payment, says: lineAlreadyOpenText(name) }];
    });
    if (faults.length > 0) return { ok: false, faults: {}, lines: faults };

    const id = randomUUID();
    const draft = { id, account, reason, ticket, requester, begunAt: now() };
    await store.transaction(async (records) => {
      await records.insertDraft(
        { ...draft, askedAt: null, bulk: null, message: null },
        lines.map((line) => ({ ...line, key: randomKey(), answer: null })),
      );
      await records.enqueue({ name: 'draft', draft: id });
    });
    return { ok: true, draft: id };
  };
}
