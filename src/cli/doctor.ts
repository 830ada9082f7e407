/** `countersign doctor`: what is in order, what is not, and what to do about it. */
import { Command } from 'commander';
import { databaseUrls } from '../config/environment.ts';
import { checkProtection } from '../store/protection.ts';

const SIGNS = { ok: 'ok      ', warning: 'warning ', failure: 'FAILURE ' };

export const doctorCommand = new Command('doctor')
  .description("look the database's protections over; exit status 1 when one failed")
  .action(async () => {
    const findings = await checkProtection(databaseUrls().app);
    for (const { level, says } of findings) process.stdout.write(`${SIGNS[level]} ${says}\n`);
    if (findings.some(({ level }) => level === 'failure')) process.exitCode = 1;
  });
