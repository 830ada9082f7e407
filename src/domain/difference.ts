/** In what a request differs from the one that it follows, as far as that matters to whoever decides. */
import type { Standing } from './evidence.ts';
import { isSameMoney, type Money } from './money.ts';
import type { Request } from './request.ts';

/** How much is to be cancelled. */
interface Size {
  readonly amount: Money | null;
  readonly partial: boolean;
}

export type Difference =
  | (Change<string> & { readonly in: 'payment' | 'reason' })
  | (Change<string | null> & { readonly in: 'ticket' })
  /** `name` is the provider's word for it. */
  | (Change<string | null> & { readonly in: 'detail'; readonly name: string })
  | (Change<Size> & { readonly in: 'size' })
  /** What the provider said that the payment is, as a whole. */
  | (Change<Money | null> & { readonly in: 'whole' })
  | (Change<Standing> & { readonly in: 'standing' });

interface Change<Value> {
  readonly from: Value;
  readonly to: Value;
}

type Compared = Pick<
  Request,
  'payment' | 'details' | 'partial' | 'amount' | 'reason' | 'ticket' | 'evidence' | 'salt'
>;

export function differencesBetween(earlier: Compared, later: Compared): readonly Difference[] {
  const from = earlier.evidence;
  const to = later.evidence;
  const names = new Set([...Object.keys(earlier.details), ...Object.keys(later.details)]);
  const all: Difference[] = [
    { in: 'payment', from: earlier.payment, to: later.payment },
    ...Array.from(names, (name): Difference => ({
      in: 'detail',
      name,
      from: earlier.details[name] ?? null,
      to: later.details[name] ?? null,
    })),
    { in: 'size', from: sizeOf(earlier), to: sizeOf(later) },
    // What was erased can't be compared.
    ...(earlier.salt === '' || later.salt === ''
      ? []
      : [{ in: 'reason', from: earlier.reason, to: later.reason } as const]),
    { in: 'ticket', from: earlier.ticket, to: later.ticket },
    { in: 'standing', from: from.standing, to: to.standing },
    { in: 'whole', from: from.amount, to: to.amount },
  ];
  return all.filter(differs);
}

function sizeOf({ amount, partial }: Compared): Size {
  return { amount, partial };
}

function differs(difference: Difference): boolean {
  switch (difference.in) {
    case 'size':
      return (
        difference.from.partial !== difference.to.partial ||
        !isSame(difference.from.amount, difference.to.amount)
      );
    case 'whole':
      return !isSame(difference.from, difference.to);
    case 'payment':
    case 'reason':
    case 'ticket':
    case 'detail':
    case 'standing':
      return difference.from !== difference.to;
  }
}

function isSame(a: Money | null, b: Money | null): boolean {
  return a === null || b === null ? a === b : isSameMoney(a, b);
}
