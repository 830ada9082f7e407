/**
 * The text of a slash command. Slack escapes it (`should_escape` in manifest.yml), so that a mention names a person for
 * sure: `<@U0123|anna>`, `<https://…>`, `&amp;`.
 */

/** `<@U0123|anna>`, `<#C0123|general>`, `<!here>`, `<https://example.com|example.com>`, with or without the part after the bar. */
const REFERENCE = /<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g;
const SIGNS: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&' };

/** What a person typed, before it was escaped. */
export function asTyped(escaped: string): string {
  return escaped
    .replaceAll(REFERENCE, (_all, sign: string, id: string, label: string | undefined) => {
      const shown = label === undefined || label === '' ? id : label;
      const prefix = sign === '!' ? '@' : sign;
      return shown.startsWith(prefix) ? shown : `${prefix}${shown}`;
    })
    .replaceAll(/&(lt|gt|amp);/g, (all, name: string) => SIGNS[name] ?? all);
}

/** The first word, which may be a mention, and what follows. */
export function splitEscaped(escaped: string): { readonly first: string; readonly rest: string } {
  const [, first = '', rest = ''] = /^\s*(<[^<>]*>|\S+)\s*([^]*)$/.exec(escaped) ?? [];
  return { first, rest };
}

/** The user id of a mention, or of a member id that was typed as it is; undefined for anything else. */
export function readUser(word: string): string | undefined {
  return /^(?:<@([UW][A-Z0-9_]{2,})(?:\|[^<>]*)?>|([UW][A-Z0-9_]{2,}))$/.exec(word)?.slice(1).find(Boolean);
}
