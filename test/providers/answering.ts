/** A provider that always answers the same, and the order that it is sent. */
import { onTestFinished } from 'vitest';
import { type Answer, type Simulator, startSimulator } from '../../sandbox/simulator.ts';
import type { Order } from '../../src/domain/provider.ts';

export async function answering(answer: Answer): Promise<Simulator> {
  return stoppedAfterTest(await startSimulator({ stock: [], answer: () => answer }));
}

export function stoppedAfterTest(simulator: Simulator): Simulator {
  onTestFinished(() => simulator.stop());
  return simulator;
}

export function orderTo(cancel: Pick<Order, 'payment' | 'details'>, reason = 'Paid twice'): Order {
  return {
    ...cancel,
    key: 'c1042k7f3a9d2e5b8',
    amount: null,
    reason,
    evidence: { standing: 'cannot_tell', says: 'Not asked.', amount: null, madeAt: null, facts: {} },
  };
}
