/** Which cores this process runs on, and what it starts from then on. Slack has a machine of its own. */
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

const LAST = availableParallelism() - 1;
const LISTS = { last: String(LAST), others: `0-${LAST - 1}`, all: `0-${LAST}` };

/** On one core, and where there is no `taskset`, all stay where they are. */
export function keepTo(which: keyof typeof LISTS): void {
  if (LAST === 0) return;
  spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', LISTS[which], String(process.pid)]);
}
