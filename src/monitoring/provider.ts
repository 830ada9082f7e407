/** A provider of which every call is timed. */
import type { Provider } from '../domain/provider.ts';
import { inSpan } from './trace.ts';

export interface ProviderCall {
  readonly provider: Provider['name'];
  readonly call: 'look_up' | 'cancel';
  /** What was concluded from the answer: an outcome, what a look-up found, or that the adapter failed. */
  readonly result: string;
  readonly ms: number;
}

export function watchProvider(provider: Provider, tell: (call: ProviderCall) => void): Provider {
  async function timed<T>(
    call: ProviderCall['call'],
    work: () => Promise<T>,
    resultOf: (answer: T) => string,
  ): Promise<T> {
    const since = performance.now();
    let result = 'failed';
    try {
      const answer = await inSpan(`${provider.name} ${call}`, {}, work);
      result = resultOf(answer);
      return answer;
    } finally {
      tell({ provider: provider.name, call, result, ms: Math.round(performance.now() - since) });
    }
  }
  return {
    ...provider,
    lookUp: (subject) =>
      timed(
        'look_up',
        () => provider.lookUp(subject),
        ({ standing }) => standing,
      ),
    cancel: (order) =>
      timed(
        'cancel',
        () => provider.cancel(order),
        ({ type }) => type,
      ),
  };
}
