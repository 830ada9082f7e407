import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSeconds, DAY_SECONDS } from '../../src/domain/clock.ts';
import type { Board } from '../../src/usecases/board.ts';
import { Later } from '../../src/usecases/later.ts';
import { type Clerk, openPostOffice, type PostOffice } from '../fakes/postOffice.ts';
import { ask } from '../fakes/processes.ts';

let office: PostOffice;
beforeAll(async () => {
  office = await openInTheMorning();
});
afterAll(() => office.stop());

/** After the hour of the summary, so that the next one is due a day later. */
async function openInTheMorning(slack: Parameters<typeof openPostOffice>[0] = {}): Promise<PostOffice> {
  const opened = await openPostOffice(slack);
  opened.surroundings.now = new Date('2026-11-02T09:30:00Z');
  return opened;
}

/** One more day is over, and its summary stands in the channel; gives the day and where. */
async function postNextSummary(clerk: Clerk, at = office): Promise<{ day: string; ts: string }> {
  const { surroundings, slack } = at;
  const day = surroundings.now.toISOString().slice(0, 10);
  await ask(clerk, `payment-${day}`);
  surroundings.now = addSeconds(surroundings.now, DAY_SECONDS);
  await clerk.usecases.tick();
  await clerk.usecases.postSummary('day', day);
  const { ts } = await slack
    .channel('finance')
    .waitForMessage(
      ({ text, thread_ts, ts: own }) => (thread_ts ?? own) === own && text.includes('record head'),
    );
  return { day, ts };
}

/** As the queue does, without its waits; gives what it failed with. */
async function insist({ usecases }: Clerk, day: string): Promise<readonly string[]> {
  const faults: string[] = [];
  for (let round = 0; round < 60; round += 1) {
    const fault: unknown = await usecases.shareSummaryFiles('day', day).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (fault === undefined) return faults;
    const errors = fault instanceof AggregateError ? fault.errors : [fault];
    faults.push(...errors.filter((error) => !(error instanceof Later)).map(String));
  }
  throw new Error('it never ends');
}

/** What the thread of a summary holds, and whether the message shows the picture. */
function found(ts: string, { slack } = office) {
  const messages = slack.channel('finance').messages;
  const message = messages.find((one) => one.ts === ts);
  const replies = messages.filter((one) => one.thread_ts === ts && one.ts !== ts).length;
  const names = slack.files.filter(({ thread }) => thread === ts).map(({ name }) => name.replace(/.*\./, ''));
  const isShown = message?.blocks.some(({ type }) => type === 'image') ?? false;
  return { replies, files: names.toSorted(), isShown };
}

const BOTH = { replies: 2, files: ['csv', 'png'], isShown: true };

function dies(_first?: unknown): never {
  throw new Error('the process died');
}

describe('the files of a summary come once', () => {
  it('where nothing goes wrong', async () => {
    const clerk = await office.hire();
    const { day, ts } = await postNextSummary(clerk);
    expect(found(ts)).toEqual({ replies: 0, files: [], isShown: false });
    expect(await insist(clerk, day)).toEqual([]);
    expect(found(ts)).toEqual(BOTH);
    await clerk.usecases.shareSummaryFiles('day', day);
    expect(found(ts)).toEqual(BOTH);
  });

  it.each([
    ['files.getUploadURLExternal', 'dropped_after'],
    ['upload', 'dropped_before'],
    ['files.completeUploadExternal', 'http_500'],
    ['files.completeUploadExternal', 'dropped_before'],
    ['files.completeUploadExternal', 'dropped_after'],
    ['files.info', 'http_500'],
    ['chat.update', 'dropped_after'],
  ] as const)('where %s meets %s twice', async (method, type) => {
    const clerk = await office.hire();
    const { day, ts } = await postNextSummary(clerk);
    office.slack.breaks(method, { type }, 2);
    await insist(clerk, day);
    expect(found(ts)).toEqual(BOTH);
  });

  it('where Slack refuses to put them anywhere, and then does', async () => {
    const clerk = await office.hire();
    const { day, ts } = await postNextSummary(clerk);
    office.slack.breaks('files.completeUploadExternal', { type: 'refused', error: 'internal_error' }, 2);
    await insist(clerk, day);
    expect(found(ts)).toEqual(BOTH);
  });

  it('where Slack takes its time to process and to share them', async () => {
    const clerk = await office.hire();
    const { day, ts } = await postNextSummary(clerk);
    office.slack.lagFiles({ processing: 4, sharing: 3 });
    expect(await insist(clerk, day)).toEqual([]);
    expect(found(ts)).toEqual(BOTH);
    office.slack.lagFiles({});
  });

  it('where Slack forgets to share them the first time', async () => {
    const clerk = await office.hire();
    const { day, ts } = await postNextSummary(clerk);
    office.slack.lagFiles({ sharing: Infinity });
    const begun = Date.now();
    for (let round = 0; round < 3; round += 1)
      await clerk.usecases.shareSummaryFiles('day', day).catch(() => begun);
    office.slack.lagFiles({});
    await insist(clerk, day);
    expect(found(ts)).toEqual(BOTH);
  });

  it.each<[string, (board: Board) => Partial<Board>]>([
    [
      'with an upload that is not shared yet',
      (board) => ({
        shareFile: (content, figures, at, begin) =>
          board.shareFile(content, figures, at, async (upload) => dies(await begin(upload))),
      }),
    ],
    [
      'right after it was shared',
      (board) => ({
        shareFile: async (...given) => dies(await board.shareFile(...given)),
        lookAtUpload: async () => dies(),
      }),
    ],
    ['before it was looked at', () => ({ lookAtUpload: async () => dies() })],
    ['before it is shown', () => ({ editSummary: async () => dies() })],
    [
      'right after it is shown',
      (board) => ({ editSummary: async (...given) => dies(await board.editSummary(...given)) }),
    ],
  ])('where the process dies %s', async (_when, change) => {
    const clerk = await office.hire(change);
    const { day, ts } = await postNextSummary(clerk);
    await expect(clerk.usecases.shareSummaryFiles('day', day)).rejects.toThrow(/./);
    await insist(await office.hire(), day);
    expect(found(ts)).toEqual(BOTH);
  });
});

describe('the files of a summary are given up, with a line in the log and nothing else', () => {
  const GIVEN_UP = ['picture', 'detail'].map((file) => `Error: the ${file} of a summary was given up`);

  it('where Slack never takes them', async () => {
    const clerk = await office.hire();
    const { day, ts } = await postNextSummary(clerk);
    const lift = office.slack.breaks('upload', { type: 'http_500' }, Infinity);
    expect(await insist(clerk, day)).toEqual(GIVEN_UP);
    lift();
    expect(await insist(clerk, day)).toEqual([]);
    expect(found(ts)).toEqual({ replies: 0, files: [], isShown: false });
  });

  it('where Slack never shares them', async () => {
    const clerk = await office.hire();
    const { day, ts } = await postNextSummary(clerk);
    office.slack.lagFiles({ sharing: Infinity });
    expect(await insist(clerk, day)).toEqual(GIVEN_UP);
    office.slack.lagFiles({});
    expect(found(ts)).toEqual({ replies: 0, files: [], isShown: false });
  });

  it('but a picture that Slack can not show stays in the thread', async () => {
    const clerk = await office.hire();
    const { day, ts } = await postNextSummary(clerk);
    office.slack.lagFiles({ processing: Infinity });
    expect(await insist(clerk, day)).toEqual(['Error: a picture stays in the thread of its summary only']);
    office.slack.lagFiles({});
    expect(found(ts)).toEqual({ ...BOTH, isShown: false });
  });

  it.each([
    [
      'may upload nothing',
      ['chat:write', 'channels:history', 'files:read'],
      { replies: 0, files: [], isShown: false },
    ],
    ['may not look at files, and trusts Slack then', ['chat:write', 'channels:history', 'files:write'], BOTH],
  ])('where the app %s', async (_why, scopes, expected) => {
    const narrow = await openInTheMorning({ scopes });
    const clerk = await narrow.hire();
    const { day, ts } = await postNextSummary(clerk, narrow);
    await insist(clerk, day);
    expect(found(ts, narrow)).toEqual(expected);
    await expect(narrow.stop()).rejects.toThrow('missing_scope');
  });
});
