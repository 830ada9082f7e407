/** What runs in the thread of `inThread.ts`: gets a drawing, and answers with its PNG. */
import { parentPort, workerData } from 'node:worker_threads';
import { toPng } from './raster.ts';

const { buffer } = await toPng(String(workerData));
parentPort?.postMessage(buffer, [buffer]);
