/** How far something is, as text. The numbers stand beside it. */
import { code } from './inert.ts';

const WIDTH = 20;

export function barOf(done: number, of: number): string {
  const full = of === 0 ? WIDTH : Math.floor((done / of) * WIDTH);
  return code('█'.repeat(full) + '░'.repeat(WIDTH - full));
}
