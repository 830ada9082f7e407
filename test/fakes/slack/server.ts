/**
 * A strict Slack on loopback: the Web API, response URLs, signed deliveries or Socket Mode, and people to play the parts.
 * What it enforces is what Slack documents; where Slack's sources disagree, the tighter limit.
 */
import {
  type Channel,
  CHANNELS,
  findChannel,
  type NewChannel,
  toConversation,
  watchChannel,
} from './channel.ts';
import { type Address, createHttpDelivery } from './delivery.ts';
import { createFaults, type Fault } from './faults.ts';
import type { Stage } from './gestures.ts';
import { startSite } from './http.ts';
import { createUploads } from './fileMethods.ts';
import type { Lag, UploadedFile } from './files.ts';
import { createPayloads } from './payloads.ts';
import { type Newcomer, toUser } from './people.ts';
import { createPerson, type Person } from './person.ts';
import { createRates, NO_RATES } from './rates.ts';
import { createResponseUrls } from './responseUrls.ts';
import { createSocketMode } from './socketMode.ts';
import { type Call, createWebApi, type Tokens } from './webApi.ts';
import { createWorkspace, type Timing, type Workspace } from './workspace.ts';

export interface Options extends Partial<Timing> {
  readonly transport: 'socket' | 'http';
  /** A gesture rejects when the app is later than this. */
  readonly ackWithinMs?: number;
  /** How long it takes to close a Socket Mode connection that was replaced; at once when absent. */
  readonly goodbyeMs?: number;
  /** Bot scopes; when absent, every scope that the fake knows. */
  readonly scopes?: readonly string[];
  readonly isInGrid?: boolean;
  /** How many times faster than documented the rate limits are that it enforces; it has none when absent. */
  readonly rateLimits?: number;
}

export interface FakeSlack {
  /** For `slackApiUrl`. */
  readonly apiUrl: string;
  readonly tokens: Tokens;
  readonly signingSecret: string;
  /** The whole state, for a test that must arrange what no gesture can. */
  readonly workspace: Workspace;
  readonly calls: readonly Call[];
  /** A person's file, by its address: what is put into a field that takes files. */
  giveFile(text: string): string;
  /** What the app shared, oldest first. */
  readonly files: readonly UploadedFile[];
  /** Slack processes and shares later what is uploaded from now on. */
  lagFiles(lag: Partial<Lag>): void;
  /** What the app did that no correct app does, such as calling a method that doesn't exist. */
  readonly complaints: readonly string[];
  /** How many Socket Mode connections the app has. */
  readonly connections: number;
  /** HTTP transport: where the app listens. */
  deliverTo(url: string): void;
  /** Signs everything from now on with another secret or at another time, as an attacker would. */
  signWith(signature: Partial<Omit<Address, 'url'>>): void;
  /** @param who an id or a name. */
  person(who: string): Person;
  addPerson(newcomer: Newcomer): Person;
  /** @param where an id or a name. */
  channel(where: string): Channel;
  addChannel(channel: NewChannel): Channel;
  waitForCall(method: string, isWanted?: (call: Call) => boolean): Promise<Call>;
  /**
   * Makes the next calls of a method fail: one, or `times`; to any channel, or this one. Returns what lifts it. `upload`
   * is where a file's bytes go.
   */
  breaks(method: string, fault: Fault, times?: number, channel?: string): () => void;
  /** Tells every Socket Mode connection to reconnect, or only the one that would get the next event. */
  refreshConnections(which?: 'all' | 'next'): void;
  /** Slack is not there, for any call and on any connection, until what this gives is called. */
  goAway(): () => Promise<void>;
  stop(): Promise<void>;
}

const SCOPES = [
  'commands',
  'chat:write',
  'users:read',
  'usergroups:read',
  'channels:read',
  'channels:history',
  'groups:history',
  'im:write',
  'files:read',
  'files:write',
];
const SIGNING_SECRET = 'fake-signing-secret';
const TOKENS: Tokens = { bot: 'xoxb-fake-bot-token', app: 'xapp-fake-app-token' };

const nowInSeconds = (): number => Math.floor(Date.now() / 1000);

export async function startFakeSlack(options: Options): Promise<FakeSlack> {
  const {
    now = Date.now,
    triggerTtlMs = 3000,
    waitMs = 10_000,
    ackWithinMs = 3000,
    goodbyeMs = 0,
    scopes = SCOPES,
  } = options;
  const workspace = createWorkspace({ now, triggerTtlMs, waitMs }, options.isInGrid ?? false);
  const { people, conversations, changes } = workspace;
  for (const name of CHANNELS) addChannel({ name });

  const complaints: string[] = [];
  const complain = (complaint: string) => void complaints.push(complaint);
  const faults = createFaults();
  const responseUrls = createResponseUrls(workspace, now);
  const socketMode = createSocketMode({ ackWithinMs, goodbyeMs }, changes, complain);
  const openConnection = () => `ws://${site.host}${socketMode.makePath()}`;
  const rates = options.rateLimits === undefined ? NO_RATES : createRates(now, options.rateLimits, complain);
  const uploads = createUploads(
    workspace,
    () => site.host,
    scopes.includes('files:read') ? TOKENS.bot : undefined,
  );
  const webApi = createWebApi(workspace, {
    uploads,
    tokens: TOKENS,
    scopes,
    faults,
    rates,
    complain,
    openConnection,
  });
  const site = await startSite(() => ({ webApi, responseUrls, uploads, faults, complain }));
  site.server.on('upgrade', (incoming, socket, head) => socketMode.accept(incoming, socket, head));

  let address: Address = { url: undefined, signingSecret: SIGNING_SECRET, signedAt: nowInSeconds };
  const http = createHttpDelivery(() => address, ackWithinMs);
  const delivery = options.transport === 'socket' ? socketMode : http;

  const stage: Stage = {
    workspace,
    responseUrls,
    payloads: createPayloads(workspace.enterprise),
    deliver: (envelope, payload) => delivery.deliver(envelope, payload),
    makeResponseUrl: (occasion) => `http://${site.host}${responseUrls.make(occasion)}`,
  };

  const persons = new Map<string, Person>();
  function person(who: string): Person {
    const { id } = people.find(who);
    const found = persons.get(id) ?? createPerson(stage, id);
    persons.set(id, found);
    return found;
  }

  function addChannel(given: NewChannel): Channel {
    const conversation = toConversation(given, people.users.keys());
    conversations.channels.set(conversation.id, conversation);
    return watchChannel(workspace, conversation.id);
  }

  return {
    apiUrl: `http://${site.host}/api/`,
    tokens: TOKENS,
    signingSecret: SIGNING_SECRET,
    workspace,
    calls: webApi.calls,
    files: workspace.files.shared,
    lagFiles: (lag) => workspace.files.lag(lag),
    giveFile: (text) => uploads.give(text),
    complaints,
    get connections() {
      return socketMode.connections;
    },
    deliverTo(url) {
      address = { ...address, url };
    },
    signWith(signature) {
      address = { ...address, ...signature };
    },
    person,
    addPerson(newcomer) {
      const user = toUser(newcomer);
      people.users.set(user.id, user);
      for (const name of CHANNELS) findChannel(conversations, name).members.add(user.id);
      return person(user.id);
    },
    channel: (where) => watchChannel(workspace, where),
    addChannel,
    waitForCall: (method, isWanted = () => true) =>
      changes.until(
        () => webApi.calls.find((call) => call.method === method && isWanted(call)),
        () => `a call of ${method}; there were ${webApi.calls.map((call) => call.method).join(', ')}`,
      ),
    breaks: (method, fault, times = 1, channel) => faults.add(method, fault, times, channel),
    refreshConnections: (which = 'all') => socketMode.refresh(which),
    goAway() {
      socketMode.drop();
      return site.goAway();
    },
    async stop() {
      await Promise.all([http.stop(), socketMode.stop()]);
      await site.stop();
    },
  };
}
