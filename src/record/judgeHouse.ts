/** Judges the entries that are about no request: alarms, freezes, refused tries, summaries and their sign-offs, new keys. */
import { createHash } from 'node:crypto';
import { breaches } from './breaches.ts';
import { followFreeze, followLift } from './freezeHistory.ts';
import { followSignOff, followSummary, type HouseHistory } from './houseHistory.ts';
import type { Judged, Recorded } from './judged.ts';

/** @param history to which they are added */
export function judgeHouse(entries: readonly Recorded[], history: HouseHistory): Judged {
  return {
    state: undefined,
    breaches: entries.flatMap((entry) => {
      const says = judgeOne(entry, history);
      return says === undefined ? [] : [{ entry, says }];
    }),
  };
}

function judgeOne({ seq, body }: Recorded, history: HouseHistory): string | undefined {
  switch (body.type) {
    case 'alarm':
    case 'refused_ask':
    case 'roll_up':
      return undefined;
    case 'summary':
      return followSummary(history, body.data);
    case 'sign_off':
      return followSignOff(history, seq, body.data);
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
