/** `/cancel show`. */
export const showUsage = {
  usage: '/cancel show <number>',
  help: 'one request and what happened to it',
} as const;

export const WHICH_REQUEST = 'Say which request: `/cancel show C-1042`.';

export function noRequestText(name: string): string {
  return `There is no request ${name}.`;
}

export function paymentText({
  provider,
  payment,
}: {
  readonly provider: string;
  readonly payment: string;
}): string {
  return `${provider} payment ${payment}`;
}

export function askedText(asked: {
  readonly requester: string;
  readonly at: string;
  readonly reason: string;
}): string {
  return `Asked by ${asked.requester} at ${asked.at}: ${asked.reason}`;
}

export function uncountedText(count: number): string {
  return `Acts that did not count: ${count}`;
}

export function digestLine(digest: string): string {
  return `Digest ${digest}`;
}
