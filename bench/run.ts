/**
 * `npm run bench`: how fast Countersign is on this machine, each case beside a floor that is measured in the same run.
 * `--full` goes to the largest sizes, `--only NAME` runs one benchmark, `--json FILE` writes the rows there as well.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { growth } from './growth/growth.ts';
import { record } from './record/record.ts';
import { ack } from './work/ack.ts';
import { bulk } from './work/bulk.ts';
import { memory } from './work/memory.ts';
import { start } from './work/start.ts';
import { throughput } from './work/throughput.ts';
import { wire } from './work/wire.ts';
import { type Bench, judge, type Judged } from './row.ts';
import { tableText } from './table.ts';

const BENCHES: readonly Bench[] = [ack, wire, throughput, bulk, start, memory, growth, record];

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'string' },
  },
});
const chosen = BENCHES.filter(({ name }) => values.only === undefined || name === values.only);
if (chosen.length === 0) {
  process.stderr.write(`--only is one of: ${BENCHES.map(({ name }) => name).join(', ')}.\n`);
  process.exit(1);
}

const rows: Judged[] = [];
for (const bench of chosen) {
  process.stderr.write(`${bench.name}\n`);
  for await (const row of bench.run(values.full ? 'full' : 'usual')) {
    rows.push(judge(row));
    process.stderr.write(`  ${row.case}: ${row.ours.toFixed(2)} ${row.unit}\n`);
  }
}
process.stdout.write(`${tableText(rows)}\n`);
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(rows, null, 2)}\n`);
process.exit(0);
