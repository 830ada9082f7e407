import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { anchorsOf } from '../anchors.ts';
import { type House, openHouse } from '../fakes/house.ts';
import { readFigures } from './reading.ts';

const FOLDER = join(import.meta.dirname, '../../deploy/monitoring');
const DOCS = join(import.meta.dirname, '../../docs');

const Rule = z.object({
  alert: z.string(),
  expr: z.string(),
  annotations: z.object({ summary: z.string(), description: z.string(), runbook: z.string() }),
});
const Rules = z.object({ groups: z.array(z.object({ rules: z.array(Rule) })) });
const Panel = z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).default([]) });
const Dashboard = z.object({ panels: z.array(Panel) });

const NAME = /\b(?:countersign|nodejs|process)_[a-z0-9_]+/g;

/** `decisions_total{act,refusal}` in a table of the docs. */
function labelsIn(docs: string): ReadonlyMap<string, readonly string[]> {
  const tables = docs.slice(docs.indexOf('## Figures'));
  const rows = Array.from(tables.matchAll(/^\| (`[^|]+`) +\|/gm), ([, names = '']) => names);
  return new Map(
    rows
      .flatMap((names) => [...names.matchAll(/`([a-z_]+)(?:\{([^}]*)\})?`/g)])
      .map(([, name = '', labels = '']) => [name, labels.split(',').filter((label) => label !== '')]),
  );
}

describe('what is set up for an operator', () => {
  let house: House;
  let known: ReadonlyMap<string, string>;
  beforeAll(async () => {
    house = await openHouse('http');
    // Signs the head of the chain, of which one figure tells.
    await house.countersign.usecases.tick();
    const { text } = await readFigures(house.countersign);
    known = new Map(
      [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type] as const),
    );
  });
  afterAll(() => house.stop());

  /** A histogram is asked for by its parts. */
  function isKnown(name: string): boolean {
    const whole = name.replace(/_(?:bucket|count|sum)$/, '');
    return known.has(name) ? known.get(name) !== 'histogram' : known.get(whole) === 'histogram';
  }

  const unknownIn = (text: string) => (text.match(NAME) ?? []).filter((name) => !isKnown(name));

  it('alarms only by figures that there are', async () => {
    const { groups } = Rules.parse(parse(await readFile(join(FOLDER, 'alerts.yml'), 'utf8')));
    const rules = groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(10);
    expect(rules.flatMap(({ alert, expr }) => unknownIn(expr).map((name) => `${alert}: ${name}`))).toEqual(
      [],
    );
    expect(rules.filter(({ expr }) => expr.match(NAME) === null)).toEqual([]);
  });

  it('alarms with a place in the runbook that there is', async () => {
    const { groups } = Rules.parse(parse(await readFile(join(FOLDER, 'alerts.yml'), 'utf8')));
    const anchors = anchorsOf(await readFile(join(DOCS, 'runbook.md'), 'utf8'));
    const places = groups.flatMap(({ rules }) => rules.map(({ annotations }) => annotations.runbook));
    expect(places.filter((place) => !anchors.has(/^docs\/runbook\.md#(.+)$/.exec(place)?.[1] ?? ''))).toEqual(
      [],
    );
  });

  it('draws only figures that there are', async () => {
    const text = await readFile(join(FOLDER, 'grafana-dashboard.json'), 'utf8');
    const { panels } = Dashboard.parse(JSON.parse(text));
    const asked = panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr })));
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.flatMap(({ title, expr }) => unknownIn(expr).map((name) => `${title}: ${name}`))).toEqual(
      [],
    );
  });

  it('asks for figures only by labels that the docs give them', async () => {
    const labelsOf = labelsIn(await readFile(join(DOCS, 'monitoring.md'), 'utf8'));
    const asked = await Promise.all(
      ['alerts.yml', 'grafana-dashboard.json'].map((file) => readFile(join(FOLDER, file), 'utf8')),
    );
    const selectors = [...asked.join('\n').matchAll(/countersign_([a-z_]+)\{([^}]*)\}/g)];
    expect(selectors.length).toBeGreaterThan(20);
    for (const [selector, name = '', matchers = ''] of selectors) {
      const labels = [...matchers.matchAll(/(\w+)(?:=|!=|=~)\\?"/g)].map(([, label = '']) => label);
      const had = labelsOf.get(name.replace(/_(?:bucket|count|sum)$/, '')) ?? labelsOf.get(name) ?? [];
      expect([...had, 'job'], selector).toEqual(expect.arrayContaining(labels));
    }
  });

  it('gives figures the labels that the docs say', async () => {
    const labelsOf = labelsIn(await readFile(join(DOCS, 'monitoring.md'), 'utf8'));
    const { text } = await readFigures(house.countersign);
    const samples = [...text.matchAll(/^countersign_([a-z_]+)(?:\{(.*)\})? /gm)];
    expect(samples.length).toBeGreaterThan(30);
    for (const [sample, name = '', given = ''] of samples) {
      const labels = [...given.matchAll(/(\w+)="/g)].map(([, label = '']) => label);
      const said = labelsOf.get(name) ?? labelsOf.get(name.replace(/_(?:bucket|count|sum)$/, ''));
      expect(labels.filter((label) => label !== 'le').toSorted(), sample).toEqual(said?.toSorted());
    }
  });

  it('explains every figure of its own in the docs, and no other', async () => {
    const docs = await readFile(join(DOCS, 'monitoring.md'), 'utf8');
    const explained = Array.from(labelsIn(docs).keys(), (name) => `countersign_${name}`);
    const own = [...known.keys()].filter((name) => name.startsWith('countersign_'));
    expect(explained.toSorted()).toEqual(own.toSorted());
  });
});
