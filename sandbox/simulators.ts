/** The five provider simulators together, with the accounts of `demo.yaml`. */
import { startFreedompaySimulator } from './freedompay.ts';
import { startPayfullSimulator } from './payfull.ts';
import { startPaymentwallSimulator } from './paymentwall.ts';
import { startSibsSimulator } from './sibs.ts';
import type { Simulator } from './simulator.ts';
import { startTranzzoSimulator } from './tranzzo.ts';

/** Secrets of nothing but simulators: they are the same at every start, and worth nothing. */
const secrets = {
  PAYMENTWALL_KEY: 'f04150f73d04e47029548e526b2b12ec',
  PAYMENTWALL_SECRET: 'demo-paymentwall-secret',
  PAYFULL_PASSWORD: 'demo-payfull-password',
  TRANZZO_ENDPOINTS_KEY: 'demo-tranzzo-endpoints-key',
  TRANZZO_API_KEY: 'demo-tranzzo-api-key',
  TRANZZO_API_SECRET: 'demo-tranzzo-api-secret',
  SIBS_TOKEN: 'demo-sibs-token',
  SIBS_CLIENT_ID: 'demo-sibs-client-id',
  SIBS_WEBHOOK_KEY: 'ZGVtby1zaWJzLXdlYi1ob29rLWtleS0zMi1ieXRlcyE=',
  FREEDOMPAY_SECRET: 'demo-freedompay-secret',
};

export interface Simulators {
  /** By the account's name in `demo.yaml`. */
  readonly accounts: ReadonlyMap<string, Simulator>;
  /** What `demo.yaml` asks of the environment. */
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** @param orders how many orders of the day `shop-tr` has besides, for cancelling many at once. */
export async function startSimulators(orders = 0): Promise<Simulators> {
  const paymentwall = await startPaymentwallSimulator({
    key: secrets.PAYMENTWALL_KEY,
    secret: secrets.PAYMENTWALL_SECRET,
    status_api: true,
  });
  const payfull = await startPayfullSimulator({ merchant: 'demo', password: secrets.PAYFULL_PASSWORD }, 0, {
    orders,
  });
  const tranzzo = await startTranzzoSimulator({
    pos_id: 'dc728de1-51ef-4ef1-80f7-3b44b07b5667',
    endpoints_key: secrets.TRANZZO_ENDPOINTS_KEY,
    api_key: secrets.TRANZZO_API_KEY,
    api_secret: secrets.TRANZZO_API_SECRET,
  });
  const sibs = await startSibsSimulator({
    terminal_id: '101778',
    token: secrets.SIBS_TOKEN,
    client_id: secrets.SIBS_CLIENT_ID,
  });
  const freedompay = await startFreedompaySimulator({
    merchant_id: '123456',
    secret: secrets.FREEDOMPAY_SECRET,
  });

  const accounts = new Map([
    ['game-world', paymentwall],
    ['shop-tr', payfull],
    ['shop-ua', tranzzo],
    ['shop-pl', sibs],
    ['hotel-kz', freedompay],
  ]);
  return {
    accounts,
    variables: {
      ...secrets,
      PAYMENTWALL_URL: paymentwall.url,
      PAYFULL_URL: payfull.url,
      TRANZZO_URL: tranzzo.url,
      SIBS_URL: sibs.url,
      FREEDOMPAY_URL: freedompay.url,
    },
    async stop() {
      await Promise.all(Array.from(accounts.values(), (simulator) => simulator.stop()));
    },
  };
}
