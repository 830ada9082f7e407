import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../fakes/house.ts';
import { approve, ask, cardSaying } from './cast.ts';

describe('secrets', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse('http', { log: 'trace' });
  });
  afterAll(() => house.stop());

  it('reach no log line, no Slack message and no row, whatever happens', async () => {
    const ends: [string, string, string][] = [
      ['game-world', 'b480', 'Accepted'],
      ['shop-tr', 'T4U_dropped', 'Outcome unknown'],
      ['shop-ua', 'order-4002-dropped', 'Outcome unknown'],
      ['shop-pl', 'holdCaptured2001', 'Refused'],
      ['hotel-kz', '7777778002', 'Outcome unknown'],
    ];
    for (const [account, reference, end] of ends) {
      const asked = await ask(house, 'maria', account, reference);
      await approve(house, 'pavel', asked.card);
      await cardSaying(house, asked, end);
    }
    house.slack.breaks('views.open', { type: 'refused', error: 'internal_error' });
    await house.slack.person('maria').types('/cancel shop-pl holdMedium1002');
    await house.slack.person('maria').sees.ephemeral(({ text }) => text.includes('Something went wrong'));

    const { rows } = await house.database.sql.query<{ everything: string }>(
      `select string_agg(query_to_xml(format('select * from %I.%I', schemaname, tablename), true, false, '')::text, '') as everything
       from pg_tables where schemaname in ('public', 'pgboss')`,
    );
    const everywhere = [
      rows[0]?.everything ?? '',
      house.logged.join('\n'),
      JSON.stringify(house.slack.workspace.conversations.messages),
      JSON.stringify(house.slack.calls.map(({ method }) => method)),
    ].join('\n');
    expect(everywhere).toContain('holdCaptured2001');
    expect(everywhere).toContain('internal_error');
    const secrets = Object.entries(house.simulators.variables).filter(([name]) => !name.endsWith('_URL'));
    expect(secrets).toHaveLength(10);
    for (const [name, secret] of secrets) expect(everywhere, name).not.toContain(secret);
    expect(everywhere).not.toContain(house.slack.tokens.bot);
    expect(everywhere).not.toContain(house.slack.signingSecret);
  });
});
