import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sign } from '../../providers/freedompayMessage.ts';
import { readXml, type XmlEntry } from '../../providers/flatXml.ts';

interface Leaf {
  readonly path: string;
  readonly text: string;
}

/**
 * Written from the facts, without the adapter: the texts of all fields but pg_sig, in the byte order of their names with
 * a position of three digits; those within a field stand at its place.
 */
function signIndependently(script: string, entries: readonly XmlEntry[], secret: string): string {
  const md5 = createHash('md5').update(Buffer.from(script));
  for (const { text } of sortedLeaves(entries)) md5.update(Buffer.from(`;${text}`));
  return md5.update(Buffer.from(`;${secret}`)).digest('hex');
}

function sortedLeaves(entries: readonly XmlEntry[]): Leaf[] {
  const leaves: Leaf[] = [];
  const open: [path: string, entries: readonly XmlEntry[]][] = [['', entries]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    let position = 0;
    for (const [name, value] of next[1]) {
      position += 1;
      if (name === 'pg_sig') continue;
      const path = `${next[0]}${name}${position < 10 ? '00' : position < 100 ? '0' : ''}${position}`;
      if (typeof value === 'string') leaves.push({ path, text: value });
      else open.push([path, value]);
    }
  }
  return leaves.toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}

/** The same numbers at every run: below `limit`, and never negative. */
function createDice(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const NAMES = [
  'pg_a',
  'pg_b',
  'pg_param',
  'pg_param1',
  'pg_param10',
  'pg_Z',
  'pg_salt',
  'pg_sig',
  'amount',
  '_',
];
const SIGNS = Array.from('aZ09 ;;&<>"\'%+=№ё—☕😀\t');

function throwEntries(dice: (limit: number) => number, depth = 0): XmlEntry[] {
  return Array.from({ length: 1 + dice(depth === 0 ? 14 : 4) }, (): XmlEntry => {
    const name = `${NAMES[dice(NAMES.length)]}${dice(3) === 0 ? dice(30) : ''}`;
    if (depth < 3 && dice(6) === 0) return [name, throwEntries(dice, depth + 1)];
    return [name, throwText(dice)];
  });
}

function throwText(dice: (limit: number) => number): string {
  return Array.from({ length: dice(12) }, () => SIGNS[dice(SIGNS.length)]).join('');
}

function toXml(entries: readonly XmlEntry[]): string {
  return entries
    .map(([name, value]) => {
      const inner =
        typeof value === 'string'
          ? value.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`)
          : toXml(value);
      return `<${name}>${inner}</${name}>`;
    })
    .join('');
}

/** One of a receipt, its fields as a shop may send them. */
const position = (count: string): XmlEntry => [
  '0',
  [
    ['price', '100'],
    ['count', count],
    ['name', 'Чай'],
  ],
];

describe('the signature of Freedom Pay', () => {
  it('agrees with another reading of the facts, on 10,000 sets of fields, as they are and out of XML', () => {
    const dice = createDice(20_261_121);
    for (let run = 0; run < 10_000; run += 1) {
      const script = ['cancel', 'status_v2', 'hotel-kz', ''][dice(4)] ?? '';
      const entries = throwEntries(dice);
      const secret = throwText(dice);
      const wanted = signIndependently(script, entries, secret);
      expect(sign(script, entries, secret)).toBe(wanted);
      expect(sign(script, readXml(toXml([['r', entries]]), 'r') ?? [], secret)).toBe(wanted);
    }
  });

  it('signs receipt positions in their place, each with its fields in order', () => {
    const entries: XmlEntry[] = [
      ['pg_salt', 's'],
      ['pg_receipt_positions', [position('1'), position('2')]],
      ['pg_merchant_id', '123456'],
    ];
    // Printed by the vendor's rule: merchant id, the positions one after the other, salt.
    const text = 'cancel;123456;1;Чай;100;2;Чай;100;s;key';
    expect(sign('cancel', entries, 'key')).toBe(createHash('md5').update(text).digest('hex'));
  });

  it('leaves no value, no name and no place out', () => {
    const entries: XmlEntry[] = [
      ['pg_a', '1'],
      [
        'pg_b',
        [
          ['pg_c', '2'],
          ['pg_d', ''],
        ],
      ],
    ];
    const all = [
      sign('cancel', entries, 'key'),
      sign('cancel.php', entries, 'key'),
      sign('cancel', entries, 'Key'),
      sign(
        'cancel',
        [
          ['pg_a', '1'],
          ['pg_b', [['pg_c', '2']]],
        ],
        'key',
      ),
      sign(
        'cancel',
        [
          ['pg_z', '1'],
          [
            'pg_b',
            [
              ['pg_c', '2'],
              ['pg_d', ''],
            ],
          ],
        ],
        'key',
      ),
      sign(
        'cancel',
        [
          ['pg_a', '1'],
          [
            'pg_b',
            [
              ['pg_e', '2'],
              ['pg_d', ''],
            ],
          ],
        ],
        'key',
      ),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});
