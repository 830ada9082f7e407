/** The reason that a form is opened with when it was opened from a message. */

/** @param quote what the message says; empty when it says nothing. @param link undefined when Slack told none. */
export function fromMessageText({
  quote,
  link,
}: {
  readonly quote: string;
  readonly link: string | undefined;
}): string {
  const source = link === undefined ? '' : `From ${link}`;
  return [source, quote === '' ? '' : `“${quote}”`].filter((part) => part !== '').join(': ');
}
