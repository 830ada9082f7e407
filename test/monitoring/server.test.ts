import { request } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { createReadiness } from '../../src/monitoring/readiness.ts';
import { type Server, startServer } from '../../src/monitoring/server.ts';

const metrics = { contentType: 'text/plain; version=0.0.4', read: async () => 'figures 1\n' };

let server: Server;
afterEach(() => server.stop());

async function start(read = metrics.read) {
  const readiness = createReadiness();
  server = await startServer({ port: 0, host: '127.0.0.1' }, { readiness, metrics: { ...metrics, read } });
  return readiness;
}

async function ask(path: string, method: 'GET' | 'HEAD' | 'POST' = 'GET') {
  const { statusCode, headers, body } = await request(`http://127.0.0.1:${server.port}${path}`, { method });
  return { status: statusCode, type: headers['content-type'], text: await body.text() };
}

describe('the server for an operator', () => {
  it('says that it lives from the beginning, and what it still lacks', async () => {
    await start();
    expect(await ask('/healthz')).toMatchObject({ status: 200 });
    const { status, text } = await ask('/readyz');
    expect(status).toBe(503);
    expect(JSON.parse(text)).toEqual({ process: 'starting', database: 'not asked', slack: 'not connected' });
  });

  it.each([
    ['everything is there', true, true, 200, 'reachable', 'connected'],
    ['the database is away', false, true, 503, 'unreachable', 'connected'],
    ['Slack is away', true, false, 503, 'reachable', 'not connected'],
  ])('when %s', async (_when, hasDatabase, hasSlack, wanted, database, slack) => {
    const readiness = await start();
    readiness.begin({
      database: hasDatabase ? async () => 1 : () => Promise.reject(new Error('postgres://app:secret@host')),
      slack: () => hasSlack,
    });
    const { status, text } = await ask('/readyz');
    expect(status).toBe(wanted);
    expect(JSON.parse(text)).toEqual({ process: 'running', database, slack });
    expect(await ask('/healthz')).toMatchObject({ status: 200 });
  });

  it('is not ready any more from the moment that it is told to stop', async () => {
    const readiness = await start();
    readiness.begin({ database: async () => 1, slack: () => true });
    readiness.end();
    expect((await ask('/readyz')).status).toBe(503);
    expect((await ask('/healthz')).status).toBe(200);
  });

  it('gives the figures in the format of Prometheus, whatever is asked for behind a question mark', async () => {
    await start();
    expect(await ask('/metrics?x=1')).toEqual({
      status: 200,
      type: metrics.contentType,
      text: 'figures 1\n',
    });
  });

  it('says nothing of a failure', async () => {
    await start(() => Promise.reject(new Error('the password is wrong')));
    expect(await ask('/metrics')).toMatchObject({ status: 500, text: 'not known\n' });
  });

  it('knows no other way, and takes nothing', async () => {
    await start();
    expect(await ask('/')).toMatchObject({ status: 404 });
    expect(await ask('/metrics', 'POST')).toMatchObject({ status: 405 });
    expect(await ask('/healthz', 'HEAD')).toMatchObject({ status: 200, text: '' });
  });
});
