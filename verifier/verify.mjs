#!/usr/bin/env node
/**
 * Checks an export of Countersign's record. It needs Node 18 or newer and the folder of the export: no network, no
 * database, no other file. It shares no code with Countersign, whose docs/record.md describes the format.
 *
 *   node verify.mjs <folder> [--public-key HEX]... [--head SEQ:HASH]...
 *
 * --public-key  a public key of the record, as the operator gave it to you by another way than in this export
 * --head        a head of the chain, copied from a daily summary in Slack
 *
 * Ends with 0 when everything holds, with 1 when something is wrong, with 2 when it can't check.
 * Everything is read once, line by line. What grows with the export is 32 bytes an entry, and one small object a request
 * and a freeze.
 */
import { createHash, createHmac, createPublicKey, verify } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const HASH = /^[0-9a-f]{64}$/;
const GENESIS = '0'.repeat(64);
const NO_REQUEST = '00000000-0000-0000-0000-000000000000';

class Wrong extends Error {}

function must(holds, otherwise) {
  if (!holds) throw new Wrong(otherwise);
}

/** Says where something is wrong. What no rule foresaw, such as a member that lacks, is wrong as well. */
async function at(place, check) {
  try {
    return await check();
  } catch (error) {
    const why = error instanceof Wrong ? error.message : `unreadable, ${error.message}`;
    throw new Wrong(`${place}: ${why}`);
  }
}

const bytes = (hex) => Buffer.from(hex, 'hex');
const sha256 = (...parts) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
const keyIdOf = (publicKey) => sha256(bytes(publicKey)).slice(0, 16);

/** RFC 8785 for what the record has: no numbers but safe integers, and no half characters. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const names = Object.keys(value).sort(); // by UTF-16 code units, as the RFC wants
    return `{${names.map((name) => `${canonical(name)}:${canonical(value[name])}`).join(',')}}`;
  }
  must(typeof value !== 'number' || Number.isSafeInteger(value), 'it has a number that is no safe integer');
  must(typeof value !== 'string' || !/\p{Surrogate}/u.test(value), 'it has half a character');
  return JSON.stringify(value);
}

// --- Files -----------------------------------------------------------------------------------------------------

/** The bytes of a file, and its rows: lines of JSON; lines of CSV outside quotes, less the heading. */
async function checkFile(path, { sha256: expected, rows }) {
  const isCsv = path.endsWith('.csv');
  const hash = createHash('sha256');
  let lines = isCsv ? -1 : 0;
  let quoted = false;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk);
    for (const byte of chunk) {
      if (byte === 0x22 && isCsv) quoted = !quoted;
      else if (byte === 0x0a && !quoted) lines += 1;
    }
  }
  must(hash.digest('hex') === expected, 'its SHA-256 is not the one in manifest.json');
  must(rows === null || rows === lines, `it has ${lines} rows, and manifest.json says ${rows}`);
}

async function* readLines(folder, name) {
  let number = 0;
  let rest = '';
  for await (const chunk of createReadStream(join(folder, name), 'utf8')) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      const place = `${name}, line ${++number}`;
      yield { ...(await at(place, () => JSON.parse(line))), place };
    }
  }
  must(rest === '', `${name}: its last line is cut off`);
}

/** A file that is read in step with the chain: gives its next line if that belongs here. */
function createTaker(folder, name) {
  const lines = readLines(folder, name);
  let next;
  return async (belongs) => {
    next ??= await lines.next();
    if (next.done || !belongs(next.value)) return undefined;
    const { value } = next;
    next = undefined;
    return value;
  };
}

// --- The chain -------------------------------------------------------------------------------------------------

async function checkChain(folder, { first, last }, keys, givenHeads) {
  const takeHead = createTaker(folder, 'heads.jsonl');
  const takeText = createTaker(folder, 'texts.jsonl');
  const acts = {
    decision: 0,
    attempt: 0,
    outcome: 0,
    erasure: 0,
    bulk: 0,
    bulk_act: 0,
    freeze: 0,
    lift: 0,
    sign_off: 0,
    refused_ask: 0,
  };
  const tally = { heads: 0, texts: 0, judged: 0, ...acts };
  const freezes = createFreezes(first === 1);
  const kept = { requests: new Map(), summaries: new Map(), freezes };
  const chain = { tally, first, ...kept, from: null, latest: null, signedUpTo: null };
  const unmet = new Map(givenHeads);
  // The hashes of the entry before the first, and of all from there on.
  const hashes = Buffer.alloc(first === null ? 0 : 32 * (last - first + 2));
  const placeOf = (seq) => 32 * (seq - first + 1);

  /** Holds a point of the chain against the heads of it. */
  async function meet(seq, hash) {
    chain.latest = { seq, hash };
    bytes(hash).copy(hashes, placeOf(seq));
    for (let head; (head = await takeHead((one) => one.seq === seq)); tally.heads += 1) {
      await at(head.place, () => checkHead(head, hash, keys));
      chain.signedUpTo = seq;
    }
    must((unmet.get(seq) ?? hash) === hash, `entry ${seq} has another hash than the head that you gave`);
    unmet.delete(seq);
  }

  async function checkEntry(line) {
    const { seq, request, n, mac, prev, hash } = line;
    if (chain.latest === null) {
      must(seq === first, `manifest.json says that entry ${first} is the first here`);
      must(seq !== 1 || prev === GENESIS, 'nothing can be before the first entry of all');
      chain.from = prev;
      await meet(seq - 1, prev);
    }
    const { latest } = chain;
    must(seq === latest.seq + 1, `it stands after entry ${latest.seq}: entries were cut out or swapped`);
    must(prev === latest.hash, `it names another hash for entry ${latest.seq} than that has`);
    must(HASH.test(mac), 'it has no MAC');
    must(sha256(bytes(prev), bytes(mac), line.body) === hash, 'its hash is not that of its content');

    const body = JSON.parse(line.body);
    must(canonical(body) === line.body, 'its body is not in canonical form');
    must(Object.keys(body).join() === 'after,at,data,key,n,request,type,v', 'its body has other members');
    must(body.v === 1 && Object.hasOwn(rules, body.type), 'its body is of no known version or type');
    must(body.request === request && body.n === n, 'its body is of another request or number');
    must(new Date(body.at).toISOString() === body.at, 'its time is not in UTC to the millisecond');

    const { after } = body;
    must((after === null) === (seq === 1), 'every entry but the first names one from before it was made');
    must(after === null || after.seq < seq, `it names entry ${after?.seq} as one from before it was made`);
    if (after !== null && after.seq >= first - 1) {
      const own = hashes.toString('hex', placeOf(after.seq), placeOf(after.seq + 1));
      must(after.hash === own, `it names another hash for entry ${after.seq} than that has`);
    }

    const state = stateOf(chain.requests, body, first);
    rules[body.type](body.data, state, body, chain);
    if (body.type === 'request') meetLine(chain.requests, body.data, first);
    if (Object.hasOwn(tally, body.type)) tally[body.type] += 1;
    await checkTexts(takeText, body, state, tally);
    await meet(seq, hash);
  }

  for await (const line of readLines(folder, 'chain.jsonl'))
    await at(`${line.place} (entry ${line.seq})`, () => checkEntry(line));

  checkBulks(chain.requests);
  const end = chain.latest?.seq ?? null;
  must(end === last, `chain.jsonl: it ends with entry ${end}, and manifest.json says ${last}`);
  const [head, text] = [await takeHead(() => true), await takeText(() => true)];
  must(!head, `${head?.place}: it signs entry ${head?.seq}, which is not here: the chain was cut`);
  must(!text, `${text?.place}: no entry has its text here`);
  const [lost] = unmet.keys();
  must(lost === undefined, `entry ${lost} of the head that you gave is not here: cut off, or of other dates`);
  return chain;
}

function createKeys(publicKeys) {
  const keys = new Map();
  for (const hex of publicKeys) {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes(hex).toString('base64url') };
    keys.set(keyIdOf(hex), createPublicKey({ key: jwk, format: 'jwk' }));
  }
  return keys;
}

function checkHead({ seq, hash, key, signedAt, signature }, own, keys) {
  must(keys.has(key), `it is signed with the key ${key}, which is none of those to check with`);
  const text = `countersign head\n${seq}\n${hash}\n${signedAt}\n`;
  must(verify(null, Buffer.from(text), keys.get(key), bytes(signature)), 'its signature is forged');
  must(hash === own, `it signs another hash than entry ${seq} has: the chain was written anew`);
}

// --- Texts: the chain has only HMAC-SHA256(salt, text) of each, so that a text can be erased --------------------

const COMMITMENTS = {
  request: ({ frozen }) => ({ reason: frozen.reason, said: frozen.evidence.said }),
  decision: ({ note }) => ({ note }),
  outcome: ({ says }) => ({ says }),
  freeze: ({ reason }) => ({ reason }),
};

async function checkTexts(takeText, { request, n, type, data }, state, tally) {
  const missing = new Map(Object.entries(COMMITMENTS[type]?.(data) ?? {}).filter(([, one]) => one !== null));
  const isOfEntry = (text) => text.request === request && text.n === n;
  for (let one; (one = await takeText(isOfEntry)); tally.texts += 1) {
    const own = createHmac('sha256', bytes(one.salt)).update(one.text).digest('hex');
    must(own === missing.get(one.field), `${one.place}: the entry stands for another text`);
    missing.delete(one.field);
  }
  if (missing.size > 0) state.textless.add(n);
}

// --- The law: what may follow what in a request, judged from the entries alone ----------------------------------

/** What is kept of a request. Without `opening` it began before the export, and its law can't be judged. */
function stateOf(requests, { request, n, type }, first) {
  let state = requests.get(request);
  if (state === undefined) {
    state = { n: n - 1, from: n, opening: null, approvals: new Map(), ended: false, sent: new Map() };
    state.textless = new Set();
    requests.set(request, state);
    must(n === 1 || first > 1, `the entries of request ${request} before ${n} are missing`);
  }
  must(n === state.n + 1, `of request ${request} it has the number ${n} after ${state.n}`);
  const isOfHouse = [
    'alarm',
    'freeze',
    'lift',
    'refused_ask',
    'summary',
    'roll_up',
    'sign_off',
    'key',
  ].includes(type);
  // The reason of a freeze may be erased, and a freeze is about no request.
  must(type === 'erasure' || isOfHouse === (request === NO_REQUEST), `${type} is out of place`);
  const begins = type === 'request' || type === 'bulk';
  must(begins === (n === 1 && request !== NO_REQUEST), 'a request begins with what was asked');
  const isOfBulk = type === 'bulk' || type === 'bulk_act';
  state.isBulk ??= isOfBulk;
  must(state.isBulk === isOfBulk, `${type} is out of place`);
  state.n = n;
  return state;
}

/** What all lines of a bulk have in common. */
function commonOf({ account, requester, requestedAt, deadline, rule }) {
  return { account, requester, requestedAt, deadline, rule };
}

/** A line is listed by its bulk, which stands before it, and was asked as that was. */
function meetLine(requests, { digest, frozen }, first) {
  if (frozen.bulk === undefined) return;
  const bulk = requests.get(frozen.bulk);
  must(bulk?.awaited !== undefined || first > 1, 'it is a line of a bulk that was not made before it');
  if (bulk?.awaited === undefined) return;
  must(bulk.awaited.delete(digest), 'it is a line of a bulk that does not list it');
  must(canonical(commonOf(frozen)) === bulk.common, 'it is a line of a bulk that was asked otherwise');
}

/** Bulks and their lines are recorded together, so none is missing where the export ends. */
function checkBulks(requests) {
  for (const [id, { awaited }] of requests)
    must((awaited?.size ?? 0) === 0, `of bulk ${id}, ${awaited?.size} lines that it lists are not here`);
}

/** What somebody did to a bulk, and so to each line of it that waited. */
function deedOf({ act, person, groups }, time) {
  return canonical([act, person?.user ?? null, groups, time]);
}

/** Whoever has several accounts is known by one; with which other they acted is told beside it. */
function mustBeAnother(person, requester) {
  const others = [person?.user, requester];
  must(
    person?.alias === undefined || !others.includes(person.alias),
    'it names as another account what is none',
  );
}

const rules = {
  request({ digest, frozen }, state, { request }, { requests }) {
    must(sha256(canonical(frozen)) === digest, 'the digest is not that of what was frozen');
    must(frozen.id === request, 'what was frozen is another request');
    const { account, requester, deadline, rule } = frozen;
    state.opening = { digest, account, requester: requester.user, deadline, needs: rule.needs };
    // A bulk that began before the export is not known well enough to judge its lines by.
    const bulk = requests.get(frozen.bulk);
    if (bulk?.awaited !== undefined) state.bulk = bulk;
  },

  bulk({ digest, frozen }, state, { request }) {
    must(sha256(canonical(frozen)) === digest, 'the digest is not that of what was frozen');
    must(frozen.id === request, 'what was frozen is another bulk');
    const { account, requester, deadline, lines, rule } = frozen;
    state.opening = { digest, account, requester: requester.user, deadline, needs: rule.needs };
    state.deeds = new Set();
    state.awaited = new Set(lines);
    must(state.awaited.size === lines.length, 'it lists a line twice');
    state.common = canonical(commonOf(frozen));
  },

  bulk_act(data, state, { at: time }, { freezes }) {
    const { act, person, groups, saw, refusal } = data;
    const { opening, approvals } = state;
    if (opening === null || refusal !== null) return;
    must(!state.ended, `${act} counts, and the bulk had ended before`);
    must((person === null) === (act === 'pause'), `${act} counts, by nobody or by a person`);
    const isOwn = person?.user === opening.requester;
    const mayBeOwn = act === 'withdraw' || act === 'stop';
    must(!isOwn || mayBeOwn, `${act} counts, and is by the requester`);
    must(isOwn || act !== 'withdraw', 'withdraw counts, and is not by the requester');
    must(
      !['approve', 'go_on'].includes(act) || saw === opening.digest,
      `${act} counts by somebody who saw another digest`,
    );
    mustBeAnother(person, opening.requester);
    const isListed = opening.needs.some(({ group }) => groups.includes(group));
    must(isOwn || person === null || isListed, `${act} counts by somebody of no group that the rule names`);
    if (person !== null && !isOwn) freezes.mustLet([person.user], null, `${act} counts`);
    state.ended = ['reject', 'withdraw', 'stop'].includes(act);
    state.deeds.add(deedOf(data, time));
    const parties = () => [opening.requester, ...approvals.keys()];
    if (act === 'go_on') freezes.mustLet(parties(), opening.account, 'going on counts');
    if (act !== 'approve') return;
    must(time < opening.deadline, 'an approval counts that came after the deadline');
    must(!approvals.has(person.user), 'an approval counts by somebody who had approved before');
    approvals.set(person.user, true);
    freezes.mustLet(parties(), opening.account, 'an approval counts');
  },

  decision(data, state, { at: time }, { freezes }) {
    const { act, person, groups, saw, refusal } = data;
    const { opening, approvals, bulk } = state;
    if (opening === null || refusal !== null) return;
    must(!state.ended, `${act} counts, and the request had ended before`);
    must((person === null) === ['expire', 'lapse'].includes(act), `${act} counts, by nobody or by a person`);
    const isOwn = person?.user === opening.requester;
    must(isOwn === (act === 'withdraw'), `${act} counts, and is ${isOwn ? '' : 'not '}by the requester`);
    if (person !== null && act !== 'withdraw') freezes.mustLet([person.user], null, `${act} counts`);
    mustBeAnother(person, opening.requester);
    const isOfAll = bulk === undefined || !['approve', 'reject', 'withdraw'].includes(act);
    must(isOfAll || bulk.deeds.has(deedOf(data, time)), `${act} counts, and nobody did the same to its bulk`);
    if (act !== 'approve') {
      state.ended = true;
      return;
    }
    must(saw === opening.digest, 'an approval counts by somebody who saw another digest');
    must(time < opening.deadline, 'an approval counts that came after the deadline');
    must(!approvals.has(person.user), 'an approval counts by somebody who had approved before');
    approvals.set(person.user, groups);
    freezes.mustLet([opening.requester, ...approvals.keys()], opening.account, 'an approval counts');
  },

  attempt({ attempt }, { opening, approvals, ended, sent, bulk }, _body, { tally, freezes }) {
    must(opening === null || attempt === sent.size + 1, `it is attempt ${attempt} after ${sent.size}`);
    must(![...sent.values()].includes('maybe'), 'it was sent again, and the earlier may have arrived');
    sent.set(attempt, 'maybe');
    if (opening === null) return;
    const places = opening.needs.flatMap(({ group, count }) => Array(count).fill(group));
    must(!ended, 'it was sent, and the request had ended before');
    must(bulk?.ended !== true, 'it was sent, and its bulk had ended before');
    must(approvals.size > 0, 'it was sent, and nobody had approved');
    must(canSeat(places, [...approvals.values()]), 'it was sent with too few approvals for its rule');
    freezes.mustLet([opening.requester, ...approvals.keys()], opening.account, 'it was sent');
    tally.judged += 1;
  },

  outcome({ attempt, outcome }, { opening, sent }) {
    must(opening === null || sent.has(attempt), `it tells of attempt ${attempt}, which nobody made`);
    if (outcome === 'not_sent') sent.set(attempt, 'not sent');
  },

  erasure({ erased }, { from, textless }) {
    const kept = erased.find((n) => n >= from && !textless.delete(n));
    must(kept === undefined, `it erases text ${kept} of its request, which is here or never was`);
  },

  key({ id, public: publicKey }) {
    must(keyIdOf(publicKey) === id, 'the id of the key is not that of the key');
  },

  freeze({ freeze, scope, account, users, person, groups, refusal }, _state, _body, { freezes }) {
    must((freeze === null) === (refusal !== null), 'a freeze has a number if it counts, and only then');
    must((scope === 'account') === (account !== null), 'a freeze of an account names one, and no other does');
    must((scope === 'person') === users.length > 0, 'a freeze of a person names one, and no other does');
    if (refusal !== null) return;
    freezes.mustLet([person.user], null, 'a freeze counts');
    must(groups.length > 0, 'a freeze counts by somebody of no group');
    freezes.begin(freeze, { scope, account, users });
  },

  lift({ freeze, person, groups, refusal }, _state, _body, { freezes }) {
    if (refusal !== null) return;
    mustBeAnother(person, null);
    freezes.mustLet([person.user], null, 'an agreement to lift counts');
    must(groups.length > 0, 'an agreement to lift counts by somebody of no group');
    freezes.agree(freeze, person.user);
  },

  summary({ channel, date }, _state, _body, { summaries }) {
    must(!summaries.has(`${channel} ${date}`), `${date} was summarised before`);
    summaries.set(`${channel} ${date}`, { signedOff: false });
  },

  sign_off({ channel, date, person, groups, refusal }, _state, _body, { summaries, freezes, first }) {
    if (refusal !== null) return;
    freezes.mustLet([person.user], null, 'a sign-off counts');
    must(groups.length > 0, 'a sign-off counts by somebody of no group');
    const summary = summaries.get(`${channel} ${date}`);
    must(summary !== undefined || first > 1, `it signs the summary of ${date} off, which was not made`);
    must(summary?.signedOff !== true, `it signs the summary of ${date} off, which was signed off before`);
    summaries.set(`${channel} ${date}`, { signedOff: true });
  },

  alarm() {},
  refused_ask() {},
  roll_up() {},
};

/** The freezes that stand. Of those that were made before the export nothing is known. */
function createFreezes(fromTheBeginning) {
  const standing = new Map();
  let last = fromTheBeginning ? 0 : null;
  return {
    begin(number, { scope, account, users }) {
      must(last === null || number === last + 1, `it is freeze ${number} after ${last}`);
      last = number;
      standing.set(number, { scope, account, users, lifters: new Set() });
    },
    /** The second person who agrees ends it. */
    agree(number, person) {
      const freeze = standing.get(number);
      must(freeze !== undefined || !fromTheBeginning, `it lifts freeze ${number}, which does not stand`);
      must(!freeze?.lifters.has(person), `it lifts freeze ${number} by somebody who had agreed before`);
      if (freeze?.lifters.add(person).size === 2) standing.delete(number);
    },
    /** @param account null where only who does it matters */
    mustLet(people, account, what) {
      for (const [number, { scope, account: frozen, users }] of standing) {
        const stops = account !== null && (scope === 'all' || frozen === account);
        must(
          !stops && !people.some((user) => users.includes(user)),
          `${what}, and the freeze ${number} stood against it`,
        );
      }
    },
  };
}

/** Whether each place can be taken by another approver who is in its group. */
function canSeat([group, ...places], approvers) {
  const others = (taken) => approvers.filter((_, i) => i !== taken);
  return group === undefined || approvers.some((one, i) => one.includes(group) && canSeat(places, others(i)));
}

// --- What is asked, and what is told ----------------------------------------------------------------------------

function readArguments() {
  const option = { type: 'string', multiple: true };
  const options = { 'public-key': option, head: option };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const { head = [], 'public-key': keys = [] } = values;
  const heads = head.map((one) => /^(\d{1,15}):([0-9a-f]{64})$/.exec(one));
  if (positionals.length !== 1) throw new Error('Name one folder.');
  if (keys.some((key) => !HASH.test(key))) throw new Error('A public key is 64 hex digits.');
  if (heads.includes(null)) throw new Error('A head is a number, a colon and 64 hex digits.');
  const [folder] = positionals;
  return { folder, keys, heads: heads.map(([, seq, hash]) => [Number(seq), hash]) };
}

const say = (text) => process.stdout.write(`${text}\n`);
const note = (text) => say(`NOTE: ${text}`);

/** The tables for people have a row for each entry that they show. */
function checkRows({ files }, { tally, requests }) {
  const others =
    (requests.has(NO_REQUEST) ? 1 : 0) + [...requests.values()].filter(({ isBulk }) => isBulk).length;
  const expected = {
    requests: requests.size - others,
    decisions: tally.decision,
    attempts: tally.attempt + tally.outcome,
  };
  // Exports from before there was anything of the kind have no such tables.
  const acts = {
    freezes: tally.freeze + tally.lift,
    bulks: tally.bulk + tally.bulk_act,
    refused_asks: tally.refused_ask,
    sign_offs: tally.sign_off,
  };
  for (const [name, count] of Object.entries(acts))
    if (count > 0 || Object.hasOwn(files, `${name}.csv`)) expected[name] = count;
  for (const [name, rows] of Object.entries(expected))
    must(files[`${name}.csv`]?.rows === rows, `${name}.csv: the chain has ${rows} rows to show there`);
}

function tell({ tally, requests, from, latest, signedUpTo }, { first, last, until, accounts }, heads) {
  if (latest === null) return note('The export has no entries, so it proves nothing.');
  say(`Chain: from entry ${first} to ${last}; every hash, link, number and form is right.`);
  say(`       The last hash is ${latest.hash}.`);
  say(`Heads: ${tally.heads} signed and ${heads.length} given by you agree with the chain.`);
  say(`Texts: ${tally.texts} agree with their entries. Erasures on record: ${tally.erasure}.`);
  say(
    `Law:   ${tally.judged} of ${tally.attempt} attempts were judged: enough people, none of them the requester,`,
  );
  say('       had approved what was frozen before it was sent, in time, and nothing was sent twice.');
  say(
    `       ${tally.freeze} times somebody froze, and ${tally.lift} times somebody agreed to lift that, counted or not;`,
  );
  say('       nothing was sent, nor approved, that a freeze of this export stood against.');

  const lacking = [...requests.values()].reduce((sum, { textless }) => sum + textless.size, 0);
  const told = `texts.jsonl: of ${lacking} entries text is missing, and no erasure says why`;
  must(lacking === 0 || until !== null || accounts.length > 0, told);
  if (lacking > 0) note(`${told}. It may be of other accounts, or erased after the end of the export.`);
  if (first > 1) note(`The export of the time before has to end with the head ${first - 1}:${from}`);
  if (first > 1) note('Freezes from before the export were not judged.');
  if (tally.judged < tally.attempt) note('Attempts of requests from before the export were not judged.');
  if (signedUpTo === null) note('No head is signed: whoever made the export could have made all of it up.');
  else if (signedUpTo < last) note(`The entries after ${signedUpTo} are under no signed head yet.`);
  if (heads.length === 0) note('You gave no head from Slack. Without one, a chain that was cut may pass.');
}

const FILES = ['chain.jsonl', 'heads.jsonl', 'texts.jsonl', 'requests.csv', 'decisions.csv', 'attempts.csv'];

async function main() {
  const { folder, keys, heads } = readArguments();
  const text = await readFile(join(folder, 'manifest.json'), 'utf8');
  const manifest = JSON.parse(text);
  if (manifest.schema !== 'countersign/export/1') throw new Error('manifest.json is of another schema.');
  const { madeAt, version, since, until, zone, accounts, files } = manifest;
  say(`Export of ${madeAt}, by Countersign ${version}. manifest.json has the SHA-256 ${sha256(text)}.`);
  say(`It is said to be of ${since ?? 'the beginning'} to ${until ?? 'its making'} (${zone}).`);
  say(`Texts and tables are of ${accounts.length === 0 ? 'all accounts' : accounts.join(', ')}.`);

  const wrongs = [];
  async function run(check) {
    await check().catch((error) => wrongs.push(error.message));
  }
  const names = [...new Set([...FILES, ...Object.keys(files)])];
  for (const name of names) await run(() => at(name, () => checkFile(join(folder, name), files[name])));
  say(`Files: ${names.length - wrongs.length} of ${names.length} are to the byte what manifest.json says.`);

  const trusted = createKeys(keys.length > 0 ? keys : Object.values(manifest.keys));
  await run(async () => {
    const chain = await checkChain(folder, manifest, trusted, heads);
    if (accounts.length === 0) await run(async () => checkRows(manifest, chain));
    tell(chain, manifest, heads);
  });
  if (keys.length === 0) note('YOU GAVE NO PUBLIC KEY: those used are as trustworthy as the export itself.');
  note("MACs can't be checked without the record's secret; `countersign verify` does, at the database.");
  for (const wrong of wrongs) say(`WRONG: ${wrong}`);
  say(wrongs.length === 0 ? 'All of it holds.' : 'The export is not what it was, or was never right.');
  process.exitCode = wrongs.length === 0 ? 0 : 1;
}

main().catch((error) => {
  process.stderr.write(`This can't be checked: ${error.message}\n`);
  process.exitCode = 2;
});
