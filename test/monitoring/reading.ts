/** What an operator's tools read of a process. */
import type { Countersign } from '../../src/countersign.ts';

export interface Figures {
  readonly names: ReadonlySet<string>;
  /** The sum over all samples that have these labels; undefined when there is none. */
  sum(name: string, labels?: Readonly<Record<string, string>>): number | undefined;
  readonly text: string;
}

export async function readFigures({ monitoringPort }: Pick<Countersign, 'monitoringPort'>): Promise<Figures> {
  const response = await fetch(`http://127.0.0.1:${monitoringPort}/metrics`);
  const text = await response.text();
  const samples = text.split('\n').flatMap((line) => {
    const found = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line);
    if (found === null) return [];
    const [, name = '', labels = '', value] = found;
    return [{ name, labels: new Set(labels.split(',')), value: Number(value) }];
  });
  return {
    text,
    names: new Set(samples.map(({ name }) => name)),
    sum(name, labels = {}) {
      const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
      const found = samples.filter(
        (one) => one.name === name && wanted.every((label) => one.labels.has(label)),
      );
      return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0);
    },
  };
}

export async function readReadiness({ monitoringPort }: Pick<Countersign, 'monitoringPort'>) {
  const response = await fetch(`http://127.0.0.1:${monitoringPort}/readyz`);
  return { status: response.status, parts: await response.text() };
}
