/** What the doctor says of one thing. */

export interface Finding {
  readonly level: 'ok' | 'warning' | 'failure';
  /** For the operator: what is so, and what to do where something is to be done. */
  readonly says: string;
}

export const ok = (says: string): Finding => ({ level: 'ok', says });
export const warning = (says: string): Finding => ({ level: 'warning', says });
export const failure = (says: string): Finding => ({ level: 'failure', says });
