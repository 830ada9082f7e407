/** What `countersign init` is to write: what was asked, or said by flags. */
import type { Account } from '../../providers/index.ts';
import type { ProviderName } from '../domain/provider.ts';

export interface NewAccount {
  readonly name: string;
  readonly provider: ProviderName;
  /** By the settings' own keys, where it was said; what is no secret and is not here becomes a variable, too. */
  readonly plain: Readonly<Record<string, string>>;
}

export interface Plan {
  /** Where the proxy takes calls; undefined where nobody calls. */
  readonly publicUrl: string | undefined;
  readonly transport: 'socket' | 'http';
  readonly channels: { readonly approvals: string; readonly finance: string };
  /** Slack's ids of people and user groups. */
  readonly approvers: readonly string[];
  /** How many of them a request needs. */
  readonly approvals: number;
  readonly summary: { readonly time: string; readonly zone: string };
  readonly accounts: readonly NewAccount[];
  /** The values of variables, as far as they are known. */
  readonly variables: Readonly<Record<string, string>>;
}

interface AccountField {
  readonly key: string;
  readonly asks: string;
  readonly isSecret: boolean;
}

const plain = (key: string, asks: string): AccountField => ({ key, asks, isSecret: false });
const secret = (key: string, asks: string): AccountField => ({ key, asks, isSecret: true });

/** What an account can't do without; docs/providers has the rest. */
export const accountFields: Readonly<Record<Account['provider'], readonly AccountField[]>> = {
  paymentwall: [secret('key', 'Project key'), secret('secret', 'Secret key')],
  payfull: [
    plain('url', 'Address that Payfull gave you'),
    plain('merchant', 'Name of the API account'),
    secret('password', 'Its password'),
    plain('client_ip', 'Address that Countersign calls from'),
  ],
  tranzzo: [
    plain('pos_id', 'POS id'),
    secret('endpoints_key', 'Endpoints key'),
    secret('api_key', 'API key'),
    secret('api_secret', 'API secret'),
  ],
  sibs: [
    plain('url', 'Address that SIBS gave you, with base path and version'),
    plain('terminal_id', 'Terminal id'),
    secret('token', 'Token'),
    secret('client_id', 'Client id'),
  ],
  freedompay: [
    plain('url', "Address of your country's host"),
    plain('merchant_id', 'Merchant id'),
    secret('secret', "The shop's secret for payments"),
  ],
};

/** `shop-pl` and `token` become `SHOP_PL_TOKEN`. */
export function variableOf(account: string, key: string): string {
  return `${account}_${key}`.toUpperCase().replaceAll('-', '_');
}
