/** Handlers of jobs that do nothing. */
import type { Handlers } from '../../src/store/tasks.ts';

const idle = async () => undefined;

export const IDLE: Handlers = {
  dispatch: idle,
  lookUp: idle,
  announce: idle,
  dispatchBulk: idle,
  announceBulk: idle,
  draft: idle,
  summarise: idle,
  summaryFiles: idle,
  alarm: idle,
  home: idle,
  freeze: idle,
  tick: idle,
};
