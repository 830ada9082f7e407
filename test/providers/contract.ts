/** What every provider must do, whatever its protocol. Each adapter's test calls `describeProvider` once. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { DAY_SECONDS } from '../../src/domain/clock.ts';
import type { Field, Order, Outcome, Provider } from '../../src/domain/provider.ts';
import type { Http } from '../../src/http.ts';
import { createHttp } from '../../src/httpClient.ts';
import type { Simulator } from '../../sandbox/simulator.ts';

export interface ContractCase {
  readonly name: Provider['name'];
  /** The real adapter, wrapped as `providers/index.ts` wraps it, pointed at an address. */
  create(url: string, http: Http): Provider;
  startSimulator(): Promise<Simulator>;
  /** Every secret in the configuration that `create` uses. */
  readonly secrets: readonly string[];
  /** What the form would hand over for a payment of this reference. */
  input(reference: string): Record<string, string>;
  /** References in the simulator's stock. */
  readonly stock: {
    readonly cancellable: string;
    /** Carries the cancellation out, then breaks the connection. */
    readonly dropped: string;
    /** Carries the cancellation out, then answers later than `timeoutMs`. */
    readonly slow: string;
    /** Those that can't be cancelled any more, or never could. */
    readonly refused: readonly string[];
  };
  /** What success is called here: Paymentwall only takes a ticket in. */
  readonly success: 'cancelled' | 'accepted';
  /** A complete, correct success answer to this order, signed where answers are signed. */
  successAnswer(order: Order): { readonly contentType: string; readonly body: string };
}

const TIMEOUT_MS = 400;

export function describeProvider(contract: ContractCase): void {
  const http = createHttp({ timeoutMs: TIMEOUT_MS, maxBodyBytes: 64 * 1024 });
  const running: { stop(): Promise<void> }[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((server) => server.stop()));
  });

  async function simulator(): Promise<{ simulator: Simulator; provider: Provider }> {
    const started = await contract.startSimulator();
    running.push(started);
    return { simulator: started, provider: contract.create(started.url, http) };
  }

  /** Sends one order to a server that answers as told, and counts what arrived. */
  async function cancelAgainst(
    respond: (order: Order, request: IncomingMessage, response: ServerResponse) => void,
  ): Promise<{ outcome: Outcome; arrived: number }> {
    const order = await orderFor(contract.stock.cancellable);
    let arrived = 0;
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        arrived += 1;
        respond(order, request, response);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    running.push({
      async stop() {
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
      },
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const outcome = await contract.create(`http://127.0.0.1:${address.port}`, http).cancel(order);
    return { outcome, arrived };
  }

  /** The order as the use cases would make it: target read from input, evidence looked up at the simulator. */
  async function orderFor(reference: string): Promise<Order> {
    const started = await contract.startSimulator();
    running.push(started);
    return orderFrom(contract.create(started.url, http), reference);
  }

  async function orderFrom(provider: Provider, reference: string): Promise<Order> {
    const read = provider.readTarget(contract.input(reference));
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    const key = 'c1042k7f3a9d2e5b8';
    const evidence = await provider.lookUp({ ...read.target, key });
    return {
      key,
      payment: read.target.payment,
      details: read.target.details,
      amount: evidence.amount,
      reason: 'Paid twice',
      evidence,
    };
  }

  function expectNoSecret(value: unknown): void {
    const text = JSON.stringify(value);
    for (const secret of contract.secrets) expect(text).not.toContain(secret);
  }

  describe(`${contract.name} keeps the contract`, () => {
    it('reports success only in the words it knows, after exactly one cancellation', async () => {
      const { simulator: sim, provider } = await simulator();
      const order = await orderFrom(provider, contract.stock.cancellable);
      const outcome = await provider.cancel(order);
      expect(outcome.type, outcome.says).toBe(contract.success);
      expect(sim.effects(contract.stock.cancellable)).toBe(1);
      expectNoSecret(outcome);
    });

    it('reads the success answer that the provider documents', async () => {
      const { outcome, arrived } = await cancelAgainst((order, _request, response) => {
        const { contentType, body } = contract.successAnswer(order);
        response.writeHead(200, { 'content-type': contentType }).end(body);
      });
      expect(outcome.type, outcome.says).toBe(contract.success);
      expect(arrived).toBe(1);
    });

    it.each(contract.stock.refused)(
      'says in a sentence why %s is refused, and nothing happens',
      async (reference) => {
        const { simulator: sim, provider } = await simulator();
        const outcome = await provider.cancel(await orderFrom(provider, reference));
        expect(outcome.type, outcome.says).toBe('refused');
        expect(outcome.says).toMatch(/\S \S.*[.]$/);
        expect(sim.effects(reference)).toBe(0);
        expectNoSecret(outcome);
      },
    );

    it('is unknown when the work is done and the connection breaks', async () => {
      const { simulator: sim, provider } = await simulator();
      const outcome = await provider.cancel(await orderFrom(provider, contract.stock.dropped));
      expect(outcome.type).toBe('unknown');
      expect(sim.effects(contract.stock.dropped)).toBe(1);
    });

    it('is unknown when the answer comes too late', async () => {
      const { simulator: sim, provider } = await simulator();
      const outcome = await provider.cancel(await orderFrom(provider, contract.stock.slow));
      expect(outcome.type).toBe('unknown');
      expect(sim.effects(contract.stock.slow)).toBe(1);
    });

    it('is not sent when the connection is refused', async () => {
      const order = await orderFor(contract.stock.cancellable);
      const outcome = await contract.create('http://127.0.0.1:1', http).cancel(order);
      expect(outcome.type).toBe('not_sent');
      expectNoSecret(outcome);
    });

    const success = (order: Order): string => contract.successAnswer(order).body;
    it.each([
      ['a 502 that carries a success body', 502, success],
      ['a 302 to a success page', 302, success],
      ['an empty body', 200, () => ''],
      ['a login page', 200, () => '<!doctype html><html><body>Please log in</body></html>'],
      ['half an answer', 200, (order: Order) => success(order).slice(0, -9)],
      ['a JSON null', 200, () => 'null'],
      ['a body beyond the limit', 200, (order: Order) => success(order) + ' '.repeat(128 * 1024)],
    ])('is unknown after %s, and is not sent again', async (_what, status, body) => {
      const { outcome, arrived } = await cancelAgainst((order, _request, response) => {
        const { contentType } = contract.successAnswer(order);
        response.writeHead(status, { 'content-type': contentType, location: '/elsewhere' }).end(body(order));
      });
      expect(outcome.type).toBe('unknown');
      expect(arrived).toBe(1);
      expectNoSecret(outcome);
    });

    it('says that it cannot tell when a look-up has no answer', async () => {
      const provider = contract.create('http://127.0.0.1:1', http);
      const read = provider.readTarget(contract.input(contract.stock.cancellable));
      if (!read.ok) throw new Error('the input is good');
      const evidence = await provider.lookUp({ ...read.target, key: 'c1042k7f3a9d2e5b8' });
      expect(evidence.standing).toBe('cannot_tell');
      expectNoSecret(evidence);
    });

    it('says for how many days a look-up can bring news', () => {
      const days = contract.create('http://127.0.0.1:1', http).horizonSeconds / DAY_SECONDS;
      expect(Number.isInteger(days) && days >= 1 && days <= 30, `${days} days`).toBe(true);
    });

    it('fills the form in again with what was asked for', () => {
      const provider = contract.create('http://127.0.0.1:1', http);
      const { stock } = contract;
      const typed = fc.oneof(
        fc.constantFrom('', stock.cancellable, ...stock.refused, '49.90', '0.5', 'anna@example.com'),
        fc.stringMatching(/^[A-Za-z0-9]{1,20}$/),
        fc.stringMatching(/^[1-9]\d{0,9}$/),
      );
      const field = ({ choices }: Field) =>
        choices === undefined ? typed : fc.constantFrom(...choices.map(({ value }) => value));
      const form = fc.record(Object.fromEntries(provider.fields.map((one) => [one.name, field(one)])));
      let taken = 0;
      fc.assert(
        fc.property(form, (input) => {
          const filled = Object.entries(input).filter(([, value]) => value !== '');
          const read = provider.readTarget(Object.fromEntries(filled));
          if (!read.ok) return;
          taken += 1;
          const again = provider.fillIn(read.target);
          expect(provider.readTarget(again)).toEqual(read);
          expect(provider.fields.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(again)));
        }),
        { numRuns: 300 },
      );
      expect(taken).toBeGreaterThan(10);
    });

    it('names the field of an empty or impossible reference', () => {
      const provider = contract.create('http://127.0.0.1:1', http);
      const names = provider.fields.map((field) => field.name);
      for (const bad of ['', '../../admin', 'a b', '<!channel>', 'x'.repeat(300), 'ünï', "1' or 1=1"]) {
        const read = provider.readTarget(contract.input(bad));
        const faulty = read.ok ? [] : Object.keys(read.faults);
        expect(faulty, bad).not.toEqual([]);
        expect(names).toEqual(expect.arrayContaining(faulty));
      }
    });
  });
}
