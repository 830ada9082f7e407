/** `countersign.yaml` as a plan wants it, with a reference wherever a secret belongs. */
import { Document } from 'yaml';
import { accountFields, type NewAccount, type Plan, variableOf } from './plan.ts';

const ABOUT = ` Written by "countersign init". All that can be set is in countersign.example.yaml; docs/policy.md
 explains tiers by amount, account and hour, with people of several groups.
 \${NAME} stands for the environment variable of that name: keep every secret there, and none in this file.`;

export function toSettingsText({ channels, approvers, approvals, summary, accounts }: Plan): string {
  const document = new Document({
    channels,
    groups: { approvers },
    policy: { deadline: '8h', tiers: [{ name: 'all', approvals: { approvers: approvals } }] },
    summary,
    accounts: Object.fromEntries(accounts.map((account) => [account.name, settingsOf(account)])),
  });
  document.commentBefore = ABOUT;
  return document.toString({ lineWidth: 0 });
}

function settingsOf({ name, provider, plain }: NewAccount): Readonly<Record<string, string>> {
  const fields = accountFields[provider].map(({ key, isSecret }): [string, string] => {
    const value = isSecret ? undefined : plain[key];
    return [key, value ?? `\${${variableOf(name, key)}}`];
  });
  return { provider, ...Object.fromEntries(fields) };
}
