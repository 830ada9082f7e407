/** Makes a PNG of a drawing in a thread of its own: it takes some 0.4 s, in which this one could acknowledge nobody. */
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';

const THREAD = join(import.meta.dirname, `rasterThread${extname(import.meta.filename)}`);

/** @throws what the thread throws */
export async function toPngInThread(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  // It needs none of the secrets that are in the environment.
  const thread = new Worker(THREAD, { workerData: svg, env: {} });
  const answered: Promise<unknown[]> = once(thread, 'message');
  const ended: Promise<unknown[]> = once(thread, 'exit');
  const [png] = await Promise.race([answered, ended]);
  await ended;
  if (!(png instanceof ArrayBuffer)) throw new Error('no picture was made');
  return new Uint8Array(png);
}
