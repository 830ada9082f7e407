import * as fc from 'fast-check';
import { Resvg } from '@resvg/resvg-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { fortnightAlt } from '../../src/chart/altText.ts';
import { drawFortnight } from '../../src/chart/picture.ts';
import { loadFont, toPng } from '../../src/chart/raster.ts';
import type { Fortnight } from '../../src/domain/fortnight.ts';
import { aFortnight, anyFortnight } from './aFortnight.ts';

const busy = aFortnight(
  {
    2: { opened: 1200, ended: { cancelled: 1100, refused: 98 } },
    12: {
      opened: 3,
      ended: { cancelled: 2, rejected: 1, lapsed: 1 },
      cancelled: [
        { minor: 1500n, currency: 'JPY' },
        { minor: 1500n, currency: 'KWD' },
        { minor: 123_456_750n, currency: 'PLN' },
      ],
    },
    13: {
      opened: 4,
      ended: { cancelled: 1, withdrawn: 1 },
      cancelled: [{ minor: 48_000n, currency: 'PLN' }],
      withoutAmount: 2,
    },
  },
  { carriedOut: 7 },
);

/** The texts of a drawing, in its order, with plain spaces. */
function wordsIn(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, words = '']) =>
    words.replaceAll(/[\u00a0\u2009]/g, ' '),
  );
}

describe('the picture of a fortnight', () => {
  it('says in its title which days, what they brought in all, and the zone', () => {
    const words = wordsIn(drawFortnight(busy));
    expect(words.slice(0, 2)).toEqual([
      'Cancellations, 5 – 18 Nov 2026',
      '1 207 opened · 1 204 ended · 7 left open · Europe/Warsaw',
    ]);
    expect(words).toEqual(
      expect.arrayContaining(['Cancelled 1 103', 'Refused 98', 'Rejected 1', 'Lapsed 1']),
    );
    expect(words.some((word) => word.startsWith('Expired'))).toBe(false);
  });

  it('has a row of what was new and one of what was left open, so that each day adds up', () => {
    const words = wordsIn(drawFortnight(busy));
    const row = (name: string) => words.slice(words.indexOf(name) + 1, words.indexOf(name) + 15).map(Number);
    expect(row('New').slice(-3)).toEqual([0, 3, 4]);
    expect(row('Open').slice(-3)).toEqual([6, 5, 7]);
  });

  it('has a panel for each of three currencies, in their own minor units, and never one for a sum of two', () => {
    const words = wordsIn(drawFortnight(busy));
    expect(words).toEqual(expect.arrayContaining(['1 235 047.50 PLN', '1 500 JPY', '1.500 KWD']));
    expect(words).toContain('2 cancelled without a known amount.');
  });

  it('names the currencies that have no panel, and counts the rest', () => {
    const codes = ['AED', 'BGN', 'CHF', 'DKK', 'EGP', 'GBP', 'HUF', 'ILS', 'JPY', 'KWD', 'MXN'];
    const cancelled = codes.filter((code) => code !== 'BGN').map((currency) => ({ minor: 100n, currency }));
    const words = wordsIn(
      drawFortnight(aFortnight({ 5: { cancelled, ended: { cancelled: 10 }, opened: 10 } })),
    );
    expect(words.slice(-2).join(' ')).toBe(
      'Also cancelled: 1.00 EGP, 1.00 GBP, 1.00 HUF, 1.00 ILS, 100 JPY and 2 more currencies.',
    );
  });

  it('says of quiet days that they were', () => {
    const words = wordsIn(drawFortnight(aFortnight()));
    expect(words).toContain('Quiet days: no request ended.');
    expect(words.at(-1)).toBe('No money was cancelled.');
  });

  it('is a PNG of twice the size at which it is shown', async () => {
    const png = Buffer.from(await toPng(drawFortnight(busy)));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBe(960);
    expect(png.length).toBeLessThan(300_000);
  });

  describe('whatever there is to draw', () => {
    let font: Awaited<ReturnType<typeof loadFont>>;
    beforeAll(async () => {
      font = await loadFont();
    });

    it('has everything on the paper', () => {
      fc.assert(
        fc.property(anyFortnight, (fortnight) => {
          const drawing = new Resvg(drawFortnight(fortnight), { font });
          const { x = -1, y = -1, width = 0, height = 0 } = drawing.getBBox() ?? {};
          expect({ x, y, width, height }).toEqual({
            x: 0,
            y: 0,
            width: drawing.width,
            height: drawing.height,
          });
        }),
        { numRuns: 8 },
      );
    });
  });
});

describe('its alternative text', () => {
  it('says the numbers', () => {
    expect(fortnightAlt(busy).replaceAll(/[\u00a0\u2009]/g, ' ')).toMatchInlineSnapshot(
      `"Cancellations, 5 – 18 Nov 2026. 1 207 opened · 1 204 ended · 7 left open · Europe/Warsaw. Ended: 1 103 cancelled, 98 refused, 1 rejected, 1 withdrawn and 1 lapsed. Cancelled money: 1 235 047.50 PLN, 1 500 JPY and 1.500 KWD. 5 Nov: quiet, 4 left open. 6 Nov: quiet, 4 left open. 7 Nov: 1200 new, 1198 ended, 1100 of them cancelled, 6 left open. 8 Nov: quiet, 6 left open. 9 Nov: quiet, 6 left open. 10 Nov: quiet, 6 left open. 11 Nov: quiet, 6 left open. 12 Nov: quiet, 6 left open. 13 Nov: quiet, 6 left open. 14 Nov: quiet, 6 left open. 15 Nov: quiet, 6 left open. 16 Nov: quiet, 6 left open. 17 Nov: 3 new, 4 ended, 2 of them cancelled, 5 left open. 18 Nov: 4 new, 2 ended, 1 of them cancelled, 7 left open."`,
    );
  });

  it('fits, whatever there is to say, and ends with a sentence', () => {
    fc.assert(
      fc.property(anyFortnight, (fortnight: Fortnight) => {
        const alt = fortnightAlt(fortnight);
        expect(alt.length).toBeLessThanOrEqual(2000);
        expect(alt).toMatch(/[.…]$/);
      }),
    );
  });
});
