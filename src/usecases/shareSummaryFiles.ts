/**
 * Brings the files of a summary into its thread, and its picture into the message, which is complete without them. Each
 * comes once: an upload whose fate is not known is looked at, and taken away before another takes its place. After some
 * tries it is given up. May run any number of times.
 */
import type { Kind } from '../domain/summary.ts';
import { Later } from './later.ts';
import type { World } from './ports.ts';
import type { Place } from './posting.ts';
import { summaryName } from './summarise.ts';
import type { Summary, SummaryKey } from './summaries.ts';
import type { FileContent, FileStanding } from './summaryFiles.ts';

const TRIES = 3;
const RETRY_SECONDS = 20;
/** Slack processes and shares a file in a few seconds: it is looked at after 1, 2, 4, 8 and 16 more. */
const LOOKS = 5;

export type ShareSummaryFiles = (kind: Kind, date: string) => Promise<void>;

export function createShareSummaryFiles({
  store,
  board,
  summary: { channel },
}: Pick<World, 'store' | 'board' | 'summary'>): ShareSummaryFiles {
  async function share(key: SummaryKey): Promise<void> {
    const summary = await store.selectSummary(key);
    if (summary === undefined || summary.ts === null) return;
    const work = { key, summary, at: { channel, ts: summary.ts } };
    const faults: unknown[] = [];
    for (const standing of await store.selectFiles(key)) {
      // One that fails must not keep the other from its turn.
      await advance(work, standing).catch((fault: unknown) => void faults.push(fault));
    }
    const failed = faults.filter((fault) => !(fault instanceof Later));
    if (failed.length > 0)
      throw new AggregateError(failed, 'the files of a summary did not all come through');
    const later = faults.find((fault) => fault instanceof Later);
    if (later !== undefined) throw later;
  }

  async function advance(work: Work, standing: FileStanding): Promise<void> {
    let now: FileStanding | undefined = standing;
    while (now !== undefined) now = await takeStep(work, now);
  }

  /** The standing that another step follows from; undefined when nothing is left to do. */
  async function takeStep(work: Work, standing: FileStanding): Promise<FileStanding | undefined> {
    switch (standing.state) {
      case 'wanted':
        return upload(work, standing);
      case 'sharing':
        return look(work, standing);
      case 'shared':
        return standing.file === 'picture' ? show(work, standing) : undefined;
      case 'shown':
      case 'given_up':
        return undefined;
    }
  }

  async function save({ key }: Work, standing: FileStanding): Promise<FileStanding> {
    await store.saveFile(key, standing);
    return standing;
  }

  async function upload(work: Work, standing: FileStanding): Promise<FileStanding> {
    const content = await contentOf(work, standing);
    let now = standing;
    try {
      await board.shareFile(content, work.summary.figures, work.at, async (begun) => {
        now = await save(work, { ...standing, ...begun, state: 'sharing', looks: 0 });
      });
    } catch (error) {
      if (error instanceof Later) throw error;
      // Whether Slack shared it all the same has to be looked at.
      if (now.state === 'wanted') return tryAgain(work, now, error);
    }
    return now;
  }

  async function contentOf({ summary: { figures } }: Work, { file }: FileStanding): Promise<FileContent> {
    return file === 'picture'
      ? { file, fortnight: await store.selectFortnight(figures) }
      : { file, detail: await store.selectDetail(channel, figures) };
  }

  async function tryAgain(work: Work, standing: FileStanding, why: unknown): Promise<never> {
    const tries = standing.tries + 1;
    const isLast = tries >= TRIES;
    await save(work, { ...standing, tries, state: isLast ? 'given_up' : 'wanted' });
    if (isLast) throw new Error(`the ${standing.file} of a summary was given up`, { cause: why });
    throw new Later(`the ${standing.file} of a summary was not taken`, RETRY_SECONDS);
  }

  async function look(work: Work, standing: FileStanding): Promise<FileStanding> {
    const { file, slackId, looks } = standing;
    const seen = await board.lookAtUpload(slackId ?? '', channel);
    if (seen.type === 'gone') return tryAgain(work, standing, new Error('Slack does not have it'));
    if (seen.type === 'not_told') return save(work, { ...standing, state: 'shared', looks: 0 });
    const { isShared, isReady, address } = seen;
    const isLastLook = looks >= LOOKS;
    if (isShared && (isReady || file !== 'picture' || isLastLook))
      return save(work, { ...standing, state: 'shared', looks: 0, address });
    if (!isLastLook) return comeBack(work, standing);
    await board.removeUpload(slackId ?? '');
    return tryAgain(work, standing, new Error('Slack did not share it'));
  }

  async function comeBack(work: Work, standing: FileStanding): Promise<never> {
    const { file, looks } = standing;
    await save(work, { ...standing, looks: looks + 1 });
    throw new Later(`Slack is not done with the ${file} of a summary`, 2 ** looks);
  }

  /** In the message, in turn with whoever else edits it. */
  async function show(work: Work, standing: FileStanding): Promise<undefined> {
    const { slackId, address, altText, looks } = standing;
    if (slackId === null || altText === null) return;
    await store.alone(summaryName(work.key), async () => {
      const summary = (await store.selectSummary(work.key)) ?? work.summary;
      const outcome = await board.editSummary(work.at, {
        ...summary,
        picture: { slackId, address, altText },
      });
      if (outcome === 'shown') await save(work, { ...standing, state: 'shown' });
      else if (outcome === 'without_picture' && looks < LOOKS) await comeBack(work, standing);
      else {
        await save(work, { ...standing, state: 'given_up' });
        if (outcome === 'without_picture')
          throw new Error('a picture stays in the thread of its summary only');
      }
    });
  }

  return (kind, date) => {
    const key = { channel, kind, date };
    return store.alone(`files ${summaryName(key)}`, () => share(key));
  };
}

interface Work {
  readonly key: SummaryKey;
  readonly summary: Summary;
  /** Its message. */
  readonly at: Place;
}
