/** The files that follow a summary: what they hold, how far they are, and what is needed of the record and of Slack. */
import type { Fortnight } from '../domain/fortnight.ts';
import type { Money } from '../domain/money.ts';
import type { Figures } from '../domain/summary.ts';
import type { ProviderName } from '../domain/provider.ts';
import type { State } from '../domain/request.ts';
import type { Place } from './posting.ts';
import type { SummaryKey } from './summaries.ts';

export const summaryFiles = ['picture', 'detail'] as const;
/** A picture of fourteen days, and a line for each request. */
export type SummaryFile = (typeof summaryFiles)[number];

export const fileStates = ['wanted', 'sharing', 'shared', 'shown', 'given_up'] as const;
/** Wanted; uploaded, and perhaps shared; seen in the thread; a picture is then shown in the message, too. */
type FileState = (typeof fileStates)[number];

export interface FileStanding {
  readonly file: SummaryFile;
  readonly state: FileState;
  /** Slack's id of the newest upload. */
  readonly slackId: string | null;
  readonly address: string | null;
  /** What a picture says. */
  readonly altText: string | null;
  /** Uploads that came to nothing. */
  readonly tries: number;
  /** Looks at the newest one in this state. */
  readonly looks: number;
}

/** A picture that a message can show. */
export interface Picture {
  readonly slackId: string;
  /** Where it lies in Slack, for a local one. */
  readonly address: string | null;
  readonly altText: string;
}

/** A request that was opened or ended in the days of a summary, or open all the time. */
export interface DetailLine {
  readonly number: number;
  /** The number of its bulk. */
  readonly bulk: number | null;
  readonly account: string;
  readonly provider: ProviderName;
  readonly payment: string;
  readonly amount: Money | null;
  readonly partial: boolean;
  readonly ticket: string | null;
  readonly requester: string;
  readonly requestedAt: Date;
  /** Whether it is among the opened of the summary; it was carried in otherwise. */
  readonly isOpened: boolean;
  /** How it ended, by the summary; null when it was carried out. */
  readonly ended: { readonly state: State; readonly at: Date } | null;
  /** How it stands now. */
  readonly state: State;
  /** User ids of those whose approval counted, and of who rejected or withdrew it, or said what became of it. */
  readonly approvers: readonly string[];
  readonly approvedAt: Date | null;
  readonly endedBy: string | null;
  /** Why the provider refused, in its own word. */
  readonly refusal: string | null;
}

export interface Detail {
  /** By their numbers; at most `DETAIL_LINES`. */
  readonly lines: readonly DetailLine[];
  readonly of: number;
}

export const DETAIL_LINES = 10_000;

export interface SummaryFileRecords {
  /** Makes nothing twice. */
  wantFiles(key: SummaryKey, files: readonly SummaryFile[]): Promise<void>;
  selectFiles(key: SummaryKey): Promise<readonly FileStanding[]>;
  saveFile(key: SummaryKey, standing: FileStanding): Promise<void>;
  selectFortnight(figures: Figures): Promise<Fortnight>;
  /** Of the summary with these figures, as the record was when they were made. */
  selectDetail(channel: string, figures: Figures): Promise<Detail>;
}

/** What Slack tells of an upload; nothing, where the app may not ask. */
export type UploadSeen =
  | { readonly type: 'gone' }
  | { readonly type: 'not_told' }
  | {
      readonly type: 'seen';
      readonly isShared: boolean;
      /** Whether a message can show it, if it is a picture. */
      readonly isReady: boolean;
      readonly address: string | null;
    };

export type FileContent =
  | { readonly file: 'picture'; readonly fortnight: Fortnight }
  | { readonly file: 'detail'; readonly detail: Detail };

export interface SummaryFileBoard {
  /**
   * Uploads a file and puts it into the thread of its summary. Slack does that a little later, or not at all.
   * @param begin awaited when the upload is there and nobody sees it yet; from then on it may be shared
   */
  shareFile(
    content: FileContent,
    figures: Figures,
    at: Place,
    begin: (upload: Pick<FileStanding, 'slackId' | 'altText'>) => Promise<void>,
  ): Promise<void>;
  lookAtUpload(slackId: string, channel: string): Promise<UploadSeen>;
  /** Also from where it was shared. */
  removeUpload(slackId: string): Promise<void>;
}
