/** Bulks against their lines: each line is listed by its bulk, was asked as that was, and none that is listed is missing. */
import { isSame } from '../domain/canonical.ts';
import { breaches } from './breaches.ts';
import type { Body } from './entry.ts';
import type { Recorded } from './judged.ts';

type OfType<Type extends Body['type']> = Extract<Body, { type: Type }>;

interface Listed {
  readonly entry: Recorded;
  /** The digests of the lines that did not come yet. Emptied again soon: lines are recorded together with their bulk. */
  readonly awaited: Set<string>;
  readonly asked: ReturnType<typeof commonOf>;
}

export interface BulkLines {
  /** Gives what is wrong. Bulks come before their lines. */
  meet(entry: Recorded): string | undefined;
  /** What is missing when everything was met. */
  lacking(): readonly { readonly entry: Recorded; readonly says: string }[];
}

export function createBulkLines(): BulkLines {
  const bulks = new Map<string, Listed>();

  function meetLine({ data: { digest, frozen } }: OfType<'request'>): string | undefined {
    if (frozen.bulk === undefined) return undefined;
    const bulk = bulks.get(frozen.bulk);
    if (bulk === undefined) return breaches.noSuchBulk;
    if (!bulk.awaited.delete(digest)) return breaches.notInBulk;
    return isSame(commonOf(frozen), bulk.asked) ? undefined : breaches.otherThanBulk;
  }

  return {
    meet(entry) {
      const { body } = entry;
      if (body.type === 'request') return meetLine(body);
      if (body.type !== 'bulk') return undefined;
      const { frozen } = body.data;
      bulks.set(body.request, { entry, awaited: new Set(frozen.lines), asked: commonOf(frozen) });
      return undefined;
    },
    lacking: () =>
      Array.from(bulks.values()).flatMap(({ entry, awaited: { size } }) =>
        size === 0 ? [] : [{ entry, says: breaches.linesMissing(size) }],
      ),
  };
}

type Common = Pick<
  OfType<'bulk'>['data']['frozen'],
  'account' | 'requester' | 'requestedAt' | 'deadline' | 'rule'
>;

/** What all lines of a bulk have in common. */
function commonOf({ account, requester, requestedAt, deadline, rule }: Common): Common {
  return { account, requester, requestedAt, deadline, rule };
}
