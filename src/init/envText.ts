/** The environment file: a line for each variable, as Node.js reads it. */
import { accountFields, type Plan, variableOf } from './plan.ts';

/** @throws Error when a value can't be written into such a file */
export function toEnvText(variables: Readonly<Record<string, string>>): string {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${quoted(name, value)}\n`);
  return `# Written by "countersign init". It holds secrets: keep it to yourself, and out of version control.\n${lines.join('')}`;
}

/** What the plan wants to be in the file, empty where it is not known yet. */
export function variablesOf({
  variables,
  accounts,
  transport,
  publicUrl,
}: Plan): Readonly<Record<string, string>> {
  const slack = transport === 'socket' ? 'SLACK_APP_TOKEN' : 'SLACK_SIGNING_SECRET';
  const names = [
    'SLACK_BOT_TOKEN',
    slack,
    'DATABASE_URL',
    'DATABASE_OWNER_URL',
    'COUNTERSIGN_RECORD_KEY',
    ...accounts.flatMap(({ name, provider, plain }) =>
      accountFields[provider].flatMap(({ key, isSecret }) =>
        isSecret || plain[key] === undefined ? [variableOf(name, key)] : [],
      ),
    ),
  ];
  return {
    ...Object.fromEntries(names.map((name) => [name, variables[name] ?? ''])),
    ...(publicUrl === undefined ? {} : { PUBLIC_URL: publicUrl }),
  };
}

/** In single quotes nothing has a meaning but they themselves; in double ones a backslash may have. */
function quoted(name: string, value: string): string {
  if (/^[\w./:@%+=,~?&-]*$/.test(value)) return value;
  const isOneLine = !/[\r\n]/.test(value);
  if (isOneLine && !value.includes("'")) return `'${value}'`;
  if (isOneLine && !/["\\$]/.test(value)) return `"${value}"`;
  throw new Error(
    `${name} can't be written into a file of variables: it has both kinds of quotes, or lines.`,
  );
}
