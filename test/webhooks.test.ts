import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { ReceiveWebhook } from '../src/usecases/receiveWebhook.ts';
import { startWebhooks } from '../src/webhooks.ts';

const silent = { warn: () => undefined, error: () => undefined };
const loopback = { port: 0, host: '127.0.0.1' };
const OK = { reply: { status: 200, contentType: 'text/plain', body: 'OK' } };

describe('the server for web-hooks', () => {
  it('stops although a connection says nothing', async () => {
    const webhooks = await startWebhooks(loopback, async () => OK, silent);
    const socket = connect(webhooks.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.on('error', () => undefined);
    const closed = once(socket, 'close');
    await webhooks.stop();
    await closed;
    expect(socket.destroyed).toBe(true);
  });

  it('answers what it took before it stops', async () => {
    const working = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const receive: ReceiveWebhook = async () => {
      working.resolve();
      await finish.promise;
      return OK;
    };
    const webhooks = await startWebhooks(loopback, receive, silent);
    const reply = fetch(`http://127.0.0.1:${webhooks.port}/webhooks/shop`, { method: 'POST', body: 'x' });
    await working.promise;
    const stopped = webhooks.stop();
    finish.resolve();
    expect((await reply).status).toBe(200);
    await stopped;
  });

  it('works on a few at once and asks the others to come again', async () => {
    const finish = Promise.withResolvers<void>();
    const receive: ReceiveWebhook = async () => {
      await finish.promise;
      return OK;
    };
    const webhooks = await startWebhooks(loopback, receive, silent);
    const all = Array.from({ length: 30 }, async () => {
      const reply = await fetch(`http://127.0.0.1:${webhooks.port}/webhooks/shop`, {
        method: 'POST',
        body: 'x',
      });
      if (reply.status === 503) finish.resolve();
      return reply.status;
    });
    const statuses = await Promise.all(all);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(8);
    expect(statuses).toContain(503);
    await webhooks.stop();
  });
});
