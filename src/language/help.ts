/** What `/cancel` says of itself. */
export const helpUsage = {
  usage: '/cancel help',
  help: 'this list',
} as const;

/** What can be typed besides sub-commands. */
const ways = [
  { usage: '/cancel', help: 'ask for a cancellation in a form' },
  { usage: '/cancel <account> <reference> [reason]', help: 'the same, filled in' },
];

export function helpText({
  subcommands,
  accounts,
}: {
  readonly subcommands: readonly { readonly usage: string; readonly help: string }[];
  readonly accounts: readonly string[];
}): string {
  return [
    '*Nobody cancels a payment alone: you ask, a second person approves, and only then is the provider told.*',
    ...[...ways, ...subcommands].map(({ usage, help }) => `\`${usage}\` – ${help}`),
    `Accounts: ${accounts.join(', ')}`,
  ].join('\n');
}

export function unknownWordText({
  word,
  accounts,
}: {
  readonly word: string;
  readonly accounts: readonly string[];
}): string {
  return (
    `I don't know ${word}: it is neither a command nor an account. ` +
    `Accounts: ${accounts.join(', ')}. \`/cancel help\` lists the commands.`
  );
}
