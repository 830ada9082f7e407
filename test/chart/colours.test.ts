import { expect, it } from 'vitest';
import { colours } from '../../src/chart/look.ts';

/** How people without one kind of cone see a colour (Machado, Oliveira and Fernandes 2009), in linear RGB. */
const eyes: Readonly<Record<string, readonly (readonly [number, number, number])[]>> = {
  'with all cones': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'without red': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'without green': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'without blue': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function linear(hex: string): [number, number, number] {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function curve(t: number): number {
  return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116;
}

/** CIE Lab, in which equal distances look about equally different. */
function lab([r, g, b]: readonly number[]): readonly number[] {
  const [red = 0, green = 0, blue = 0] = [r, g, b];
  const x = curve((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047);
  const y = curve(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  const z = curve((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

it.each(Object.entries(eyes))('the colours of a fortnight are told apart %s', (_whose, matrix) => {
  const seen = Object.entries(colours).map(([state, hex]) => {
    const [r, g, b] = linear(hex);
    const cones = matrix.map(([x, y, z]) => Math.min(1, Math.max(0, x * r + y * g + z * b)));
    return { state, at: lab(cones) };
  });
  const alike = seen.flatMap((one, index) =>
    seen
      .slice(index + 1)
      .filter((other) => Math.hypot(...one.at.map((value, axis) => value - (other.at[axis] ?? 0))) < 20)
      .map((other) => `${one.state} and ${other.state}`),
  );
  expect(alike).toEqual([]);
});
