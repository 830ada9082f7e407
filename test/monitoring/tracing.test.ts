import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type House, openHouse } from '../fakes/house.ts';
import { approve, ask, cardSaying } from '../story/cast.ts';

const Attribute = z.object({ key: z.string(), value: z.object({ stringValue: z.string().optional() }) });
const Span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().default(''),
  name: z.string(),
  attributes: z.array(Attribute).default([]),
  events: z.array(z.object({ name: z.string() })).default([]),
});
type Span = z.infer<typeof Span>;
const Export = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(Attribute) }),
      scopeSpans: z.array(z.object({ spans: z.array(Span) })),
    }),
  ),
});

const spans: Span[] = [];
const services = new Set<string | undefined>();
const collected: string[] = [];
const collector = createServer((request, response) => {
  void collect(request).finally(() =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
  );
});

async function collect(request: IncomingMessage): Promise<void> {
  const body = await text(request);
  collected.push(body);
  for (const { resource, scopeSpans } of Export.parse(JSON.parse(body)).resourceSpans) {
    services.add(resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue);
    spans.push(...scopeSpans.flatMap((scope) => scope.spans));
  }
}

describe('traces, where they are wanted', () => {
  let house: House;
  let requestName = '';
  beforeAll(async () => {
    collector.listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const address = collector.address();
    if (address === null || typeof address === 'string') throw new Error('the collector has no port');
    process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = `http://127.0.0.1:${address.port}`;
    house = await openHouse('socket', { tracing: true });
    const asked = await ask(house, 'maria', 'shop-pl', 'holdMedium1002', 'Hush-hush reason');
    requestName = asked.name;
    await approve(house, 'pavel', asked.card);
    await cardSaying(house, asked, '✅ Cancelled');
    // Sends what is left.
    await house.stop();
  });
  afterAll(() => {
    delete process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
    collector.close();
  });

  it('lead from the approving click over the record and the queue to the provider', () => {
    const parents = new Map(spans.map((span) => [span.spanId, span]));
    const way: string[] = [];
    for (let one = spans.find(({ name }) => name === 'sibs cancel'); one !== undefined;) {
      way.unshift(one.name);
      one = parents.get(one.parentSpanId);
    }
    expect(way).toEqual(['slack view_submission', 'record', 'job dispatch', 'sibs cancel']);
  });

  it('say which request a step is about, and what was committed', () => {
    const dispatched = spans.find(({ name }) => name === 'job dispatch');
    expect(dispatched?.attributes).toEqual([{ key: 'request', value: { stringValue: requestName } }]);
    const decided = spans.filter(({ events }) => events.some(({ name }) => name === 'decided'));
    expect(decided.map(({ name }) => name)).toEqual(['record']);
    expect([...services]).toEqual(['countersign']);
  });

  it('hold nothing that somebody wrote, and no secret', () => {
    const all = collected.join('\n');
    for (const hidden of ['Hush-hush', 'holdMedium1002', ...Object.values(house.canaries)])
      expect(all).not.toContain(hidden);
  });
});

it('the SDK of traces is loaded by one line alone, which runs only where they are wanted', async () => {
  const folder = join(import.meta.dirname, '../../src');
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const loading = await Promise.all(
    files.map(async (file) => {
      const source = await readFile(join(folder, file), 'utf8');
      return /from '@opentelemetry\/(?!api')/.test(source) ? [file] : [];
    }),
  );
  expect(loading.flat()).toEqual([]);
});
