/** The part of the record that is about summaries. */
import type { SignOff, TriedSignOff } from '../domain/signOff.ts';
import type { Figures, Kind, Period } from '../domain/summary.ts';
import type { Picture } from './summaryFiles.ts';

/** When a summary comes, `09:00`, and whose days it is of. */
export interface Calendar {
  readonly time: string;
  readonly zone: string;
}

/** Summaries of one kind, of which each begins where the one before ended. */
export interface Track {
  readonly kind: Kind;
  /** Of weeks: on which day their summaries come, 1 for Monday to 7 for Sunday; null for other kinds. */
  readonly weekday: number | null;
}

/** What figures depend on besides the record. */
export interface FiguresWanted {
  /** Whose summaries they continue. */
  readonly channel: string;
  readonly now: Date;
  /** What a provider accepted longer ago waits on somebody. */
  readonly acceptedSeconds: number;
  /** Accounts whose provider offers no look-up. */
  readonly mute: readonly string[];
}

/** A summary of a channel: its kind and its last day. */
export interface SummaryKey {
  readonly channel: string;
  readonly kind: Kind;
  readonly date: string;
}

/** A summary as it was made; it never changes. */
export interface Summary {
  readonly channel: string;
  readonly figures: Figures;
  /** Where it stands in its channel; null until it was posted. */
  readonly ts: string | null;
  readonly asksSignOff: boolean;
  readonly signOff: SignOff | null;
  /** What its message shows beside the figures. */
  readonly picture: Picture | null;
  /** Whether its message shows the sign-off. */
  readonly showsSignOff: boolean;
}

interface Reads {
  /** The local day of an instant in a zone, some days before or after: `2026-11-19`. */
  selectLocalDay(now: Date, zone: string, offsetDays: number): Promise<string>;
  /** A day by itself. */
  selectDay(day: string, zone: string): Promise<Omit<Period, 'dueAt'>>;
  /** The one that has this day among its days, or ends on it. */
  selectSummary(key: SummaryKey): Promise<Summary | undefined>;
}

/** What it takes to show a summary. */
export interface SummaryReads extends Reads {
  /** All of them as they are at one moment. */
  selectFigures(period: Period, wanted: FiguresWanted): Promise<Figures>;
}

export interface Summaries extends Reads {
  /** All of a track that should have been summarised by now and was not, as one; undefined when nothing should. */
  selectDuePeriod(channel: string, track: Track, calendar: Calendar, now: Date): Promise<Period | undefined>;
  /** False when the channel has a summary that ends on this day or begins at this time. */
  insertSummary(channel: string, figures: Figures, asksSignOff: boolean): Promise<boolean>;
  saveSummaryPosted(key: SummaryKey, ts: string): Promise<void>;
  /** Until the transaction ends, nobody else signs it off. */
  lockSummary(channel: string, date: string): Promise<Summary>;
  insertSignOff(tried: TriedSignOff): Promise<void>;
  saveSignOffShown(channel: string, date: string): Promise<void>;
}
