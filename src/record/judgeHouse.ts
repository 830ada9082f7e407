/** Judges the entries that are about no request: alarms, summaries, and keys that began to be used. */
import { createHash } from 'node:crypto';
import { breaches } from './breaches.ts';
import type { Body } from './entry.ts';
import type { Judged, Recorded } from './judged.ts';

export function judgeHouse(entries: readonly Recorded[]): Judged {
  return {
    state: undefined,
    breaches: entries.flatMap((entry) => {
      const says = judgeOne(entry.body);
      return says === undefined ? [] : [{ entry, says }];
    }),
  };
}

function judgeOne(body: Body): string | undefined {
  switch (body.type) {
    case 'alarm':
    case 'summary':
      return undefined;
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
    case 'erasure':
      return breaches.aboutARequest;
  }
}
