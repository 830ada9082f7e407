/** Where links into a document may lead. */

/** The anchors that GitHub gives the headings of a Markdown text. */
export function anchorsOf(markdown: string): ReadonlySet<string> {
  const withoutCode = markdown.replace(/^( *)```.*?^\1```$/gms, '');
  return new Set(Array.from(withoutCode.matchAll(/^#+ (.*)$/gm), ([, heading = '']) => anchorOf(heading)));
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
}
