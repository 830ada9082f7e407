import { describe, expect, it } from 'vitest';
import { concludeFromAll, secrets } from '../../sandbox/outcomes.ts';
import { providerNames } from '../../src/domain/provider.ts';

const rows = await concludeFromAll();

/** What a person can do about a refusal, or that there is nothing to do. */
const REMEDY =
  /\b(ask|check|choose|correct|enter|look|refund|tell|use|void|wait)\b|nothing to cancel|cancelled already|paid back/i;

describe('what Countersign concludes', () => {
  it.each(rows)('at $provider, from "$answer", is $documented', ({ documented, outcome }) => {
    expect(outcome.type, outcome.says).toBe(documented);
    expect(outcome.says).toMatch(/^[A-Z].*\S[.]$/su);
    expect(outcome.says).toMatch(outcome.type === 'refused' ? REMEDY : /./);
    for (const secret of secrets) expect(JSON.stringify(outcome)).not.toContain(secret);
  });

  it.each(providerNames)('at %s is told for successes, refusals and what proves nothing', (name) => {
    const documented = rows.filter(({ provider }) => provider === name).map((row) => row.documented);
    expect(documented.length).toBeGreaterThan(10);
    expect(documented).toEqual(expect.arrayContaining(['refused', 'unknown']));
    expect(documented.some((type) => type === 'cancelled' || type === 'accepted')).toBe(true);
    expect(documented.filter((type) => type === 'unknown').length).toBeGreaterThan(5);
  });

  it('is told once for each answer', () => {
    const names = rows.map(({ provider, answer }) => `${provider} ${answer}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
