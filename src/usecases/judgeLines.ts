/** Which lines of a draft can be asked for, by what the provider said of them and what the record has of them. */
import type { Evidence } from '../domain/evidence.ts';
import type { Money } from '../domain/money.ts';
import { nameOf } from '../domain/request.ts';
import { ALWAYS_OPEN, closesAt } from '../domain/window.ts';
import { lineAlreadyOpenText, lineClosedText } from '../language/bulkFaults.ts';
import { utcText } from '../language/locale.ts';
import { sizeOf } from './sizeOf.ts';
import type { Draft, DraftLine, LineFault } from './draft.ts';
import { providerOf } from './lookUpAgain.ts';
import type { World } from './ports.ts';

/** A line that can be asked for. */
export interface GoodLine extends DraftLine {
  readonly answer: NonNullable<DraftLine['answer']>;
  readonly amount: Money | null;
  readonly closesAt: Date | null;
}

export interface JudgedLines {
  readonly good: readonly GoodLine[];
  readonly faults: readonly LineFault[];
}

/** @param lines of which the provider was asked */
export async function judgeLines(
  { store, providers, windows, now }: Pick<World, 'store' | 'providers' | 'windows' | 'now'>,
  { account }: Pick<Draft, 'account'>,
  lines: readonly DraftLine[],
): Promise<JudgedLines> {
  const { needsAmount } = providerOf(providers, { account });
  const payments = lines.map(({ target }) => target.payment);
  const open = new Map(
    (await store.selectOpenRequests(account, payments)).map((request) => [request.payment, request]),
  );
  const gone = await store.sumCancelledOf(account, payments);
  const at = now();

  const good: GoodLine[] = [];
  const faults: LineFault[] = [];
  for (const line of lines) {
    const { target, answer, place } = line;
    const { payment } = target;
    const fault = (says: string) => faults.push({ place, payment, says });
    const earlier = open.get(payment);
    if (answer === null) throw new Error(`nobody asked the provider about line ${place}`);
    const { evidence } = answer;
    const closes = closesAt(windows.get(account) ?? ALWAYS_OPEN, evidence, answer.at);
    const size = sizeOf(target, evidence, gone.get(payment) ?? 0n, needsAmount);

    if (earlier !== undefined) fault(lineAlreadyOpenText(nameOf(earlier)));
    else if (!isCancellable(evidence)) fault(evidence.says);
    else if (!size.ok) fault(Object.values(size.faults).join(' '));
    else if (closes !== null && closes <= at) fault(lineClosedText(utcText(closes)));
    else good.push({ ...line, answer, amount: size.amount, closesAt: closes });
  }
  return { good, faults };
}

function isCancellable({ standing }: Evidence): boolean {
  return standing === 'cancellable' || standing === 'cannot_tell';
}
