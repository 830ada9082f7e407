import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';

const SECRET = 'xoxb-17-canary';
const Line = z.looseObject({ level: z.number(), msg: z.string() });

interface Ended {
  readonly code: unknown;
  /** What it said, with the level before it: 30 is info, 40 a warning, 60 fatal. */
  readonly said: readonly string[];
  readonly text: string;
}

/** Starts a process that ends in this way, does something to it, and waits for its end. */
async function endOf(how: string, act: (child: ChildProcess) => void): Promise<Ended> {
  const child = fork(join(import.meta.dirname, 'ending.ts'), [how, SECRET], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk) => {
    text += String(chunk);
  });
  const closed = once(child, 'close');
  await once(child, 'message');
  act(child);
  const [code] = z
    .tuple([z.number().nullable()])
    .rest(z.unknown())
    .parse(await closed);
  const lines = text.split('\n').filter((line) => line !== '');
  const said = lines.map((line) => {
    const { level, msg } = Line.parse(JSON.parse(line));
    return `${level} ${msg}`;
  });
  return { code, said, text };
}

describe('a process that gets a signal', () => {
  it('finishes what is running, and ends without a fault', async () => {
    const { code, said } = await endOf('in order', (child) => void child.kill('SIGTERM'));
    expect(said).toEqual(['30 SIGTERM: finishing what is running', '30 all work is done', '30 stopped']);
    expect(code).toBe(0);
  });

  it('ends at once when it gets another', async () => {
    const { code, said } = await endOf('hangs', (child) => {
      child.stderr?.once('data', () => void child.kill('SIGTERM'));
      child.kill('SIGTERM');
    });
    expect(said.at(-1)).toBe('40 SIGTERM again: ending at once');
    expect(code).toBe(1);
  });

  it('ends when its time is up, and says so', async () => {
    const { code, said } = await endOf('hangs', (child) => void child.kill('SIGTERM'));
    expect(said.at(-1)).toBe('60 not finished after 0.5 s; what was being sent will be looked up');
    expect(code).toBe(1);
  });

  it('says why it could not stop in order, and no secret', async () => {
    const { code, said, text } = await endOf('fails to stop', (child) => void child.kill('SIGTERM'));
    expect(said.at(-1)).toBe('60 stopping failed');
    expect(text).toContain('no goodbye for •••');
    expect(code).toBe(1);
  });
});

describe.each(['throws', 'rejects', 'rejects with nothing'])(
  'something that %s and that nobody catches',
  (how) => {
    it('is said in one line without a secret, and ends the process as a failure when its work is done', async () => {
      const { code, said, text } = await endOf(how, (child) => void child.send('fail'));
      expect(said).toEqual(['60 something failed and nobody caught it', '30 all work is done', '30 stopped']);
      expect(text).not.toContain('canary');
      expect(text).toContain(how === 'rejects with nothing' ? 'undefined' : 'the password is •••');
      expect(code).toBe(1);
    });

    it('does not cut off what a signal lets finish', async () => {
      const { code, said } = await endOf(how, (child) => {
        child.kill('SIGTERM');
        child.send('fail');
      });
      expect(said).toContain('30 all work is done');
      expect(code).toBe(1);
    });
  },
);
