/** Colours and sizes: readable at three quarters of the size, as Slack shows a picture where there is little room. */
import type { EndState } from '../domain/request.ts';

/** Told apart also by those who see no red, no green or no blue; after Okabe and Ito. */
export const colours: Readonly<Record<EndState, string>> = {
  cancelled: '#0072b2',
  refused: '#d55e00',
  rejected: '#f0c04a',
  withdrawn: '#6dc3ef',
  expired: '#882255',
  lapsed: '#a0a0a0',
};

export const INK = '#1d1c1d';
export const GREY = '#616061';
export const GRID = '#e6e6e6';
export const WEEKEND = '#f4f4f4';
/** Not clear, so that all of it is readable on a dark page, too. */
export const PAPER = '#ffffff';

export const SIZES = { title: 18, heading: 14, normal: 13 } as const;
