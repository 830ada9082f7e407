/** What stands below a command's help: what may be typed, and what comes of it. */

export function examples(...lines: readonly (readonly [typed: string, does: string])[]): string {
  const width = Math.max(...lines.map(([typed]) => typed.length));
  const shown = lines.map(([typed, does]) => `  $ ${typed.padEnd(width)}  # ${does}`);
  return `\nExamples:\n${shown.join('\n')}`;
}
