/** The few shapes of SVG that a chart is made of. */

export interface Corner {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Corner {
  readonly width: number;
  readonly height: number;
}

export interface TextStyle {
  readonly size: number;
  readonly fill: string;
  readonly bold?: boolean;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** A colour around the letters, which keeps them readable on a shape. */
  readonly halo?: string;
}

/** @param at its line: where letters without tails end */
export function text({ x, y }: Corner, words: string, style: TextStyle): string {
  if (words === '') return '';
  const { size, fill, bold = false, anchor = 'start', halo } = style;
  const around = halo === undefined ? {} : { stroke: halo, 'stroke-width': 3, 'paint-order': 'stroke' };
  const attributes = {
    'font-size': size,
    'font-weight': bold ? 600 : 400,
    'text-anchor': anchor,
    fill,
    ...around,
  };
  return `<text${write({ x, y, ...attributes })}>${escape(words)}</text>`;
}

export function rect(box: Box, fill: string, radius = 0): string {
  return `<rect${write({ ...box, rx: radius, fill })}/>`;
}

export function horizontal({ x, y }: Corner, width: number, stroke: string): string {
  return `<line${write({ x1: x, x2: x + width, y1: y, y2: y, stroke })}/>`;
}

export function drawing(width: number, height: number, font: string, shapes: readonly string[]): string {
  const attributes = { xmlns: 'http://www.w3.org/2000/svg', width, height, 'font-family': font };
  return `<svg${write(attributes)}>${shapes.join('')}</svg>`;
}

/** About how wide a text is, by the average letter: for where a line has to be broken. */
export function widthOf(words: string, size: number): number {
  return words.length * size * 0.56;
}

export function breakLines(words: string, size: number, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const line = lines.at(-1);
    const longer = line === undefined ? word : `${line} ${word}`;
    if (line === undefined || widthOf(longer, size) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

function write(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? Math.round(value * 100) / 100 : value}"`)
    .join('');
}

function escape(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
