/** Makes a PNG of a drawing, with the font that comes along: what a machine has installed makes no difference. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { initWasm, Resvg, type ResvgRenderOptions } from '@resvg/resvg-wasm';
import { FONT } from './picture.ts';

const SCALE = 2;
const FACES = [
  import.meta.resolve('@fontsource/inter/files/inter-latin-400-normal.woff2'),
  import.meta.resolve('@fontsource/inter/files/inter-latin-600-normal.woff2'),
  import.meta.resolve('@fontsource/inter/files/inter-latin-ext-400-normal.woff2'),
  import.meta.resolve('@fontsource/inter/files/inter-latin-ext-600-normal.woff2'),
];
const RENDERER = import.meta.resolve('@resvg/resvg-wasm/index_bg.wasm');

type Font = NonNullable<ResvgRenderOptions['font']>;

let loaded: Promise<Font> | undefined;

/** Loads what draws with the first picture: most commands make none. */
export function loadFont(): Promise<Font> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Font> {
  await initWasm(await readFile(fileURLToPath(RENDERER)));
  const fontBuffers = await Promise.all(FACES.map((face) => readFile(fileURLToPath(face))));
  return { fontBuffers, defaultFontFamily: FONT };
}

export async function toPng(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  const drawing = new Resvg(svg, { fitTo: { mode: 'zoom', value: SCALE }, font: await loadFont() });
  const picture = drawing.render();
  try {
    return new Uint8Array(picture.asPng());
  } finally {
    picture.free();
    drawing.free();
  }
}
