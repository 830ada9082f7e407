/** What the demo prints: where to look, and what to type as whom. */
import type { Simulators } from './simulators.ts';

export function printGuide(page: string, databaseUrl: string, { accounts }: Simulators): void {
  const stock = Array.from(accounts, ([account, simulator]) => [
    `  ${account}`,
    ...simulator.stock.map(({ reference, about }) => `    ${reference.padEnd(24)} ${about}`),
  ]).flat();

  process.stdout.write(`
Countersign is running. Open  ${page}

  1. You are Rita Requester. In #approvals type
       /cancel shop-pl holdMedium1002 Paid twice
     and send the form.
  2. Open the thread of the new message and press Approve: your own request is refused.
  3. Become Anna Approver ("Act as"), press Approve, look at what will be sent, and approve.
  4. The card now says that the payment is cancelled. Type  /cancel summary  for the day's figures.

  Sam Stranger may not approve; above 1,000 Felix Finance has to approve too.
  holdDropped4002 at shop-pl ends as unknown: Anna or Felix can record what they found.
  /cancel help lists the commands. Payments to try:

${stock.join('\n')}

The record is a real PostgreSQL; look at it, and try to change it, with
  psql '${databaseUrl}'

Ctrl-C stops everything.
`);
}
