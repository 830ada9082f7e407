import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { toPngInThread } from '../../src/chart/inThread.ts';
import { toPng } from '../../src/chart/raster.ts';

const DRAWING =
  '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>';

describe('a picture', () => {
  it('is made in a thread of its own, so that others are answered meanwhile', async () => {
    const begun = once(process, 'worker');
    const png = await toPngInThread(DRAWING);
    expect(await begun).toHaveLength(1);
    expect(Buffer.from(png)).toEqual(Buffer.from(await toPng(DRAWING)));
  });

  it('that cannot be made is an error here', async () => {
    await expect(toPngInThread('no drawing')).rejects.toThrow(/unknown token|parsing failed/i);
  });
});
