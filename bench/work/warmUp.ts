/** What is measured is a process that has run for a while, as those of operators have for weeks. */
import type { House, Running } from './house.ts';
import type { Lives } from './lives.ts';

/** A life takes twice the CPU in the first hundred of a process, and after these hardly less any more. */
const UNTIL_COMPILED = 400;

export async function warmUp(house: House, lives: Lives, running: Running): Promise<void> {
  await lives.many([running], UNTIL_COMPILED / 2, 8);
  // Every connection plans anew after that.
  await house.analyze();
  await lives.many([running], UNTIL_COMPILED / 2, 8);
}
