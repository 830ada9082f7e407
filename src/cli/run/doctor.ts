/** What `countersign doctor` does: examines everything, and reports. */
import { z } from 'zod';
import { inspectConfig } from '../../config/load.ts';
import { type Examined, examine } from '../../doctor/examine.ts';
import { createStrikeOut } from '../../log.ts';

const Options = z.object({ json: z.boolean().default(false) });

const SIGNS = { ok: 'ok     ', warning: 'warning', failure: 'FAILURE' };

export async function doctor(given: unknown): Promise<void> {
  const { json } = Options.parse(given);
  const inspected = await inspectConfig();
  const examined = await examine(inspected, () => new Date());
  const isSound = examined.every(({ level }) => level !== 'failure');
  const report = json
    ? `${JSON.stringify({ ok: isSound, findings: examined })}\n`
    : examined.map(toLine).join('');
  // No finding should hold a secret; what a driver or a provider said might.
  process.stdout.write(createStrikeOut(inspected.secrets)(report));
  if (!isSound) process.exitCode = 1;
}

function toLine({ level, part, says }: Examined): string {
  return `${SIGNS[level]}  ${part}: ${says}\n`;
}
