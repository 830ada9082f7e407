/** Judges the entries that are about no request: alarms, freezes, refused tries, summaries, and keys that began to be used. */
import { createHash } from 'node:crypto';
import { breaches } from './breaches.ts';
import { followFreeze, followLift, type FreezeHistory } from './freezeHistory.ts';
import type { Judged, Recorded } from './judged.ts';

/** @param history to which the freezes are added */
export function judgeHouse(entries: readonly Recorded[], history: FreezeHistory): Judged {
  return {
    state: undefined,
    breaches: entries.flatMap((entry) => {
      const says = judgeOne(entry, history);
      return says === undefined ? [] : [{ entry, says }];
    }),
  };
}

function judgeOne({ seq, body }: Recorded, history: FreezeHistory): string | undefined {
  switch (body.type) {
    case 'alarm':
    case 'refused_ask':
    case 'summary':
      return undefined;
    case 'freeze':
      history.texts.add(body.n);
      return followFreeze(history, seq, body.data);
    case 'lift':
      return followLift(history, seq, body.data);
    case 'erasure':
      return body.data.erased.every((n) => history.texts.has(n)) ? undefined : breaches.nothingToErase;
    case 'key': {
      const { id, public: raw } = body.data;
      const own = createHash('sha256').update(Buffer.from(raw, 'hex')).digest('hex').slice(0, 16);
      return id === own && id === body.key ? undefined : breaches.otherKey;
    }
    case 'request':
    case 'decision':
    case 'attempt':
    case 'outcome':
    case 'bulk':
    case 'bulk_act':
      return breaches.aboutARequest;
  }
}
