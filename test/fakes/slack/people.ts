/** The workspace's people, of every kind that `users.info` can tell apart, with the fields that Slack sends for each. */
import { Refusal } from './refusal.ts';

/** Flags that Slack leaves out of most users are optional here too. */
export interface User {
  readonly id: string;
  readonly team_id: string;
  readonly name: string;
  readonly deleted: boolean;
  readonly real_name?: string;
  readonly tz?: string;
  readonly profile: { readonly real_name: string; readonly display_name: string; readonly bot_id?: string };
  readonly is_admin?: boolean;
  readonly is_owner?: boolean;
  readonly is_primary_owner?: boolean;
  readonly is_restricted?: boolean;
  readonly is_ultra_restricted?: boolean;
  readonly is_bot?: boolean;
  readonly is_app_user?: boolean;
  readonly is_workflow_bot?: boolean;
  readonly is_connector_bot?: boolean;
  readonly is_stranger?: boolean;
  readonly is_invited_user?: boolean;
  readonly enterprise_user?: {
    readonly id: string;
    readonly enterprise_id: string;
    readonly enterprise_name: string;
    readonly teams: readonly string[];
  };
  readonly updated: number;
}

type Kind =
  | 'member'
  | 'deactivated'
  | 'bot'
  | 'workflow_bot'
  | 'multi_channel_guest'
  | 'single_channel_guest'
  | 'stranger'
  | 'other_workspace'
  | 'invited';

export interface Newcomer {
  /** Lower case; the id is `U_` and the name in capitals. */
  readonly name: string;
  /** A full member when absent. */
  readonly kind?: Kind;
  /** Last word on any field of `users.info`. */
  readonly fields?: Partial<User>;
}

export const TEAM = { id: 'T_ACME', domain: 'acme', name: 'Acme' } as const;
const OTHER_TEAM = 'T_OTHER';
/** The organisation that `other_workspace` people belong to; ours only when the fake is started with it. */
export const ENTERPRISE = { id: 'E_ACME', name: 'Acme Group' } as const;

const CAST: readonly Newcomer[] = [
  { name: 'maria' },
  { name: 'pavel' },
  { name: 'lena' },
  { name: 'tom' },
  { name: 'dora', kind: 'deactivated' },
  { name: 'robo', kind: 'bot' },
  { name: 'flow', kind: 'workflow_bot' },
  { name: 'gina', kind: 'multi_channel_guest' },
  { name: 'solo', kind: 'single_channel_guest' },
  { name: 'stan', kind: 'stranger' },
  { name: 'otto', kind: 'other_workspace' },
  { name: 'ines', kind: 'invited' },
];

export function toUser({ name, kind = 'member', fields = {} }: Newcomer): User {
  const realName = `${name.charAt(0).toUpperCase()}${name.slice(1)} Example`;
  const basics = {
    id: `U_${name.toUpperCase()}`,
    team_id: TEAM.id,
    name,
    deleted: false,
    profile: { real_name: realName, display_name: name },
    is_bot: false,
    is_app_user: false,
    updated: 1_760_000_000,
  };
  // A deactivated user comes without most fields, the guest flags among them.
  if (kind === 'deactivated') return { ...basics, deleted: true, ...fields };

  const member = {
    ...basics,
    real_name: realName,
    tz: 'Europe/Warsaw',
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
  };
  return { ...member, ...flagsOf(kind, member.id), ...fields };
}

function flagsOf(kind: Exclude<Kind, 'deactivated'>, id: string): Partial<User> {
  switch (kind) {
    case 'member':
      return {};
    case 'bot':
      return { is_bot: true };
    case 'workflow_bot':
      return { is_bot: true, is_workflow_bot: true };
    case 'multi_channel_guest':
      return { is_restricted: true };
    case 'single_channel_guest':
      return { is_restricted: true, is_ultra_restricted: true };
    case 'stranger':
      return { team_id: OTHER_TEAM, is_stranger: true };
    case 'other_workspace':
      return {
        team_id: OTHER_TEAM,
        enterprise_user: {
          id,
          enterprise_id: ENTERPRISE.id,
          enterprise_name: ENTERPRISE.name,
          teams: [OTHER_TEAM],
        },
      };
    case 'invited':
      return { is_invited_user: true };
  }
}

interface UserGroup {
  readonly id: string;
  readonly users: readonly string[];
  readonly isDisabled?: boolean;
}

export interface People {
  readonly users: Map<string, User>;
  readonly groups: Map<string, UserGroup>;
  /** @param who an id or a name. Refuses with `user_not_found`. */
  find(who: string): User;
}

export function createPeople(): People {
  const users = new Map(CAST.map(toUser).map((user) => [user.id, user]));
  return {
    users,
    groups: new Map(),
    find(who) {
      const found = users.get(who) ?? users.values().find((user) => user.name === who);
      if (found === undefined) throw new Refusal('user_not_found');
      return found;
    },
  };
}
