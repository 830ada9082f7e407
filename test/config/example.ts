/** Settings without a fault, to be broken in one place or many. */
import { stringify } from 'yaml';
import { readSettings, type ReadSettings } from '../../src/config/settings.ts';

type Tree = { [key: string]: Tree } | Tree[] | string | number | boolean | null | undefined;

export const secrets = {
  GAME_KEY: 'f04150f73d04e47029548e526b2b12ec',
  GAME_SECRET: 'game-secret',
  SHOP_PASSWORD: 'shop-password',
  SIBS_TOKEN: 'sibs-token',
};

export function settings() {
  return {
    channels: { approvals: 'C0APPROVALS', finance: 'C0FINANCE' },
    groups: { finance: ['U0ANNA', 'U0FELIX'], risk: ['U0FELIX'] },
    policy: {
      deadline: '2h',
      tiers: [
        { accounts: ['shop-pl'], up_to: { PLN: 1000, EUR: '250.50' }, approvals: { finance: 1 } },
        { approvals: { finance: 1, risk: 1 } },
      ],
    },
    summary: { time: '09:00', zone: 'Europe/Warsaw' },
    accounts: {
      'game-world': { provider: 'paymentwall', key: '${GAME_KEY}', secret: '${GAME_SECRET}' },
      'shop-tr': {
        provider: 'payfull',
        url: 'https://shop.example',
        merchant: 'shop',
        password: '${SHOP_PASSWORD}',
        client_ip: '192.0.2.10',
      },
      'shop-pl': {
        provider: 'sibs',
        url: 'https://sibs.example/api/v1',
        terminal_id: '0101778',
        token: '${SIBS_TOKEN}',
        client_id: 'client',
      },
      'hotel-kz': {
        provider: 'freedompay',
        url: 'https://freedompay.example',
        merchant_id: '123456',
        secret: 'hotel-secret',
      },
    },
  };
}

/** The settings with other values at some places: `policy.tiers.0.approvals`; undefined takes the key away. */
export function settingsWith(changes: Readonly<Record<string, Tree>>): Tree {
  let tree: Tree = settings();
  for (const [path, value] of Object.entries(changes)) tree = put(tree, path.split('.'), value);
  return tree;
}

function put(tree: Tree, [key, ...rest]: readonly string[], value: Tree): Tree {
  if (key === undefined) return value;
  if (Array.isArray(tree)) return tree.map((item, n) => (n === Number(key) ? put(item, rest, value) : item));
  const map = typeof tree === 'object' && tree !== null ? tree : {};
  return { ...map, [key]: put(map[key], rest, value) };
}

export function read(tree: Tree, from: Readonly<Record<string, string>> = secrets): ReadSettings {
  return readSettings(stringify(tree), 'c.yaml', from);
}

/** The faults of the settings with these changes, without the file's name. */
export function faultsWith(changes: Readonly<Record<string, Tree>>, from = secrets): readonly string[] {
  return faultsIn(read(settingsWith(changes), from));
}

export function faultsIn(result: ReadSettings): readonly string[] {
  return result.ok ? [] : result.faults.map((fault) => fault.replace(/^c\.yaml: /, ''));
}
