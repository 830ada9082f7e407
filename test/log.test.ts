import { LogLevel } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { boltLogger, createLog, type Log } from '../src/log.ts';

const Line = z.looseObject({ time: z.string() });

/** Runs something that logs, and gives what was written, a line each. */
function lines(level: string, secrets: readonly string[], run: (log: Log) => void): string[] {
  const written: string[] = [];
  run(createLog(level, secrets, { write: (line) => void written.push(line) }));
  return written;
}

const secret = 'xoxb-17-4dO"be\\st?&= +/ü%!(x)\'*~';

/** Every spelling in which a secret turns up, and how it gets there. */
const spellings: readonly [how: string, text: string][] = [
  ['as it is', secret],
  ['in JSON', JSON.stringify({ token: secret })],
  ['in JSON within JSON', JSON.stringify({ body: JSON.stringify({ token: secret }) })],
  ['in an address', `https://host/?token=${encodeURIComponent(secret)}`],
  ['in a form', new URLSearchParams({ token: secret }).toString()],
];

/** Everything that a reader of the log could get the secret out of. */
const readings = [
  (line: string) => line,
  (line: string) => line.replaceAll('\\', ''),
  (line: string) => decodeURIComponent(line.replaceAll('+', ' ').replaceAll(/%(?![0-9A-F]{2})/g, '%25')),
];

function expectNoSecret(line: string): void {
  expect(line).toContain('•••');
  for (const reading of readings) {
    expect(reading(line)).not.toContain('4dO');
  }
}

describe.each(spellings)('a secret %s is struck out', (_how, text) => {
  it.each<[string, (log: Log) => void]>([
    ['of a message', (log) => log.info(`The token is ${text}.`)],
    ['of a placeholder', (log) => log.info('The token is %s.', text)],
    ['of an object', (log) => log.info({ token: text }, 'asked')],
    ['of a deep object', (log) => log.info({ a: [{ b: { c: [text] } }] }, 'asked')],
    ['of a name in an object', (log) => log.info({ [text]: 1 }, 'asked')],
    ['of an error', (log) => log.error({ err: new Error(`refused ${text}`) }, 'failed')],
    ['of an error that is the message', (log) => log.error(new Error(`refused ${text}`))],
    [
      'of the cause of a cause',
      (log) => {
        const cause = new Error('refused', { cause: new Error(`token ${text}`) });
        log.error({ err: new Error('failed', { cause }) }, 'failed');
      },
    ],
    ['of what a child logger adds', (log) => log.child({ token: text }).info('asked')],
    ["of Bolt's lines", (log) => boltLogger(log).error('token', text, new Error(text))],
  ])('%s', (_where, run) => {
    const [line = ''] = lines('info', [secret], run);
    expectNoSecret(line);
    expect(JSON.parse(line)).toHaveProperty('level');
  });
});

describe('createLog', () => {
  it('strikes out every secret, as often as it comes', () => {
    const [line] = lines('info', ['first-secret', 'second-secret'], (log) =>
      log.info('first-secret second-secret first-secret'),
    );
    expect(line).toContain('"msg":"••• ••• •••"');
  });

  it('strikes out the longer of two secrets of which one contains the other, in whichever order they come', () => {
    for (const secrets of [
      ['abcdef', 'abcdef-ghijkl'],
      ['abcdef-ghijkl', 'abcdef'],
    ]) {
      expect(lines('info', secrets, (log) => log.info('abcdef-ghijkl'))[0]).toContain('"msg":"•••"');
    }
  });

  it('takes a secret by its letters, not as a pattern', () => {
    const [line] = lines('info', ['.*secret$&'], (log) => log.info('.*secret$& and a secret'));
    expect(line).toContain('"msg":"••• and a secret"');
  });

  it('says of an error what its thrower wrote, and nothing that hangs on it', () => {
    const row = { detail: 'Failing row contains (Paid twice)', table: 'requests' };
    const cause = Object.assign(new Error('refused'), { code: '23505', ...row });
    const error = new AggregateError([cause], 'all failed', { cause });
    const [line = ''] = lines('info', [], (log) => log.error({ err: error }, 'failed'));
    expect(line).not.toContain('Paid twice');
    expect(JSON.parse(line)).toMatchObject({
      err: {
        type: 'AggregateError',
        message: 'all failed',
        cause: { message: 'refused', code: '23505' },
        errors: [{ message: 'refused' }],
      },
    });
  });

  it.each(['', 'a', 'info', '12345'])('leaves "%s" alone, which is too short to be a secret', (short) => {
    const [line] = lines('info', [short], (log) => log.info('a 12345 info'));
    expect(line).toContain('"msg":"a 12345 info"');
  });

  it('writes JSON with the time and no word of the machine', () => {
    const [line = ''] = lines('info', [], (log) => log.info({ request: 'C-1042' }, 'sent'));
    const { time, ...rest } = Line.parse(JSON.parse(line));
    expect(rest).toEqual({ level: 30, request: 'C-1042', msg: 'sent' });
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  it.each([
    ['debug', ['debug', 'info', 'warn', 'error']],
    ['info', ['info', 'warn', 'error']],
    ['warn', ['warn', 'error']],
    ['error', ['error']],
    ['silent', []],
  ])('at %s writes %j', (level, expected) => {
    const written = lines(level, [], (log) => {
      log.debug('debug');
      log.info('info');
      log.warn('warn');
      log.error('error');
    });
    expect(written.map((line) => /"msg":"(\w+)"/.exec(line)?.[1])).toEqual(expected);
  });
});

describe("Bolt's lines", () => {
  it('below a warning move down by one level', () => {
    const written = lines('trace', [], (log) => {
      const logger = boltLogger(log);
      logger.debug('debug');
      logger.info('info');
      logger.warn('warn');
      logger.error('error');
    });
    expect(written.map((line) => /"level":(\d+).*"msg":"(\w+)"/.exec(line)?.slice(1))).toEqual([
      ['10', 'debug'],
      ['20', 'info'],
      ['40', 'warn'],
      ['50', 'error'],
    ]);
  });

  it('are joined from their parts, an error giving its message', () => {
    const [line] = lines('info', [], (log) => boltLogger(log).warn('retry', 3, new Error('ECONNRESET')));
    expect(line).toContain('"msg":"retry 3 ECONNRESET"');
  });

  it("cannot change the log's level or name", () => {
    const written = lines('error', [], (log) => {
      const logger = boltLogger(log);
      logger.setLevel(LogLevel.DEBUG);
      logger.setName('bolt');
      logger.warn('quiet');
      expect(logger.getLevel()).toBe(LogLevel.INFO);
    });
    expect(written).toEqual([]);
  });
});
