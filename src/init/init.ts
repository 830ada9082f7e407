/** Writes the settings and the environment file, and says what is left to do. No secret comes into the settings. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { SETTINGS_FILE } from '../config/envFile.ts';
import type { Variables } from '../config/environment.ts';
import { inspectConfig } from '../config/load.ts';
import type { Desk } from './desk.ts';
import { toEnvText, variablesOf } from './envText.ts';
import { askQuestions } from './questions.ts';
import { toSettingsText } from './settingsText.ts';
import type { Plan } from './plan.ts';
import { planFrom, type Wishes } from './wishes.ts';
import { writeFiles } from './write.ts';

interface Files {
  readonly config: string;
  readonly env: string;
}

interface Written extends Files, Pick<Plan, 'publicUrl' | 'variables'> {
  /** The names that replaced files have now. */
  readonly kept: readonly string[];
  /** What keeps Countersign from starting with what was written. */
  readonly faults: readonly string[];
}

/**
 * @param variables the values of secrets. @param desk undefined where nobody can be asked.
 * @param force replaces files without asking.
 * @throws Error with a sentence for the operator when nothing was written
 */
export async function init(
  { config, env }: Files,
  wishes: Wishes,
  variables: Variables,
  desk: Desk | undefined,
  force: boolean,
): Promise<Written> {
  const there = [config, env].filter((file) => existsSync(file));
  if (!force) await agreeToReplace(there, desk);

  const known = { ...(await readVariables(env)), ...present(variables) };
  const said = { wishes, variables: known };
  const answers = desk === undefined ? said : await askQuestions(desk, wishes, known);
  const plan = planFrom(answers.wishes, answers.variables);
  const envText = toEnvText({ ...variablesOf(plan), ...placeOf(config) });
  const files = [
    { file: config, text: toSettingsText(plan), mode: 0o644 },
    { file: env, text: envText, mode: 0o600 },
  ];
  const kept = await writeFiles(files, new Date());
  const { faults } = await inspectConfig({ ...parseEnv(envText), COUNTERSIGN_CONFIG: config });
  const { publicUrl, variables: filled } = plan;
  return { config, env, publicUrl, variables: filled, kept, faults };
}

/** Where the settings are, if they would not be found by themselves: as a whole path, from whatever folder it is read. */
function placeOf(config: string): Readonly<Record<string, string>> {
  return config === SETTINGS_FILE ? {} : { COUNTERSIGN_CONFIG: resolve(config) };
}

async function agreeToReplace(there: readonly string[], desk: Desk | undefined): Promise<void> {
  if (there.length === 0) return;
  const names = there.join(' and ');
  const agreed = await desk?.agree(`There is ${names} already. Replace it, and keep the old beside?`);
  if (agreed !== true)
    throw new Error(
      `There is ${names} already, so nothing was written; --force replaces it, and keeps the old beside.`,
    );
}

/** A file that is replaced hands its secrets on: above all the key that sealed the record. */
async function readVariables(file: string): Promise<Readonly<Record<string, string>>> {
  return existsSync(file) ? present(parseEnv(await readFile(file, 'utf8'))) : {};
}

function present(given: Variables): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, value]],
    ),
  );
}

/** @param command how Countersign is started with these files. */
export function tell({ config, env, publicUrl, variables, kept, faults }: Written, command: string): string {
  const manifest = `npx countersign manifest${publicUrl === undefined ? '' : ` --http ${publicUrl}`}`;
  const hasApp = (variables['SLACK_BOT_TOKEN'] ?? '') !== '';
  const hasDatabase = (variables['DATABASE_URL'] ?? '') !== '';
  const open = faults.map((fault) => `\n     - ${fault}`).join('');
  const steps = [
    ...(hasApp ? [] : [`create the Slack app at https://api.slack.com/apps from what "${manifest}" prints`]),
    'invite the app to both channels: /invite @Countersign',
    ...(open === '' ? [] : [`fill in ${env} and ${config}:${open}`]),
    // An embedded PostgreSQL is migrated when it starts.
    ...(hasDatabase ? [`${command} migrate`] : []),
    `${command} doctor`,
    `${command} start`,
  ];
  return [
    `Wrote ${config}, and ${env} for its owner alone.\n`,
    ...kept.map((file) => `The old one is ${file}.\n`),
    'Keep a copy of COUNTERSIGN_RECORD_KEY where no database is.\n\nWhat is left to do:\n',
    ...steps.map((step, n) => `  ${n + 1}. ${step}\n`),
  ].join('');
}
