/** The tables of an export that people read: what each shows of an entry. All of it is from the chain and its texts. */
import { freezeName } from '../domain/freeze.ts';
import { decimalText } from '../domain/money.ts';
import { accountOf, createTable, nameOf, needsOf, type Table, yesOrNo } from './table.ts';

const requests = createTable(
  ({ body, opening, leads, state, texts }) =>
    leads && opening?.type === 'request'
      ? { body, opening, state, texts, ...opening.data, ...opening.data.frozen }
      : undefined,
  {
    request: nameOf,
    account: ({ account }) => account,
    provider: ({ provider }) => provider,
    payment: ({ payment }) => payment,
    amount: ({ amount }) => readMoney(amount)?.decimals,
    currency: ({ amount }) => readMoney(amount)?.currency,
    part: ({ partial }) => yesOrNo(partial),
    requester: ({ requester }) => requester.user,
    team: ({ requester }) => requester.team,
    requested_at: ({ requestedAt }) => requestedAt,
    deadline: ({ deadline }) => deadline,
    reason: ({ texts }) => texts.get('reason'),
    ticket: ({ ticket }) => ticket,
    follows: ({ follows }) => follows,
    bulk: ({ bulk }) => bulk,
    evidence: ({ texts }) => texts.get('said'),
    needs: ({ rule }) => needsOf(rule),
    step_up: ({ rule }) => rule.stepUp,
    policy: ({ rule }) => rule.policy,
    digest: ({ digest }) => digest,
    id: ({ id }) => id,
    made_in_this_range: ({ body }) => yesOrNo(body.n === 1),
    state_at_export: ({ state }) => state,
  },
);

const decisions = createTable(
  ({ seq, body, opening, texts }) =>
    body.type === 'decision' && opening !== undefined
      ? { seq, opening, texts, at: body.at, ...body.data }
      : undefined,
  {
    seq: ({ seq }) => seq,
    request: nameOf,
    account: accountOf,
    at: ({ at }) => at,
    act: ({ act }) => act,
    counts: ({ refusal }) => yesOrNo(refusal === null),
    refusal: ({ refusal }) => refusal,
    person: ({ person }) => person?.user,
    team: ({ person }) => person?.team,
    groups: ({ groups }) => groups.join(', '),
    digest_seen: ({ saw }) => saw,
    note: ({ texts }) => texts.get('note'),
    with_account: ({ person }) => person?.alias,
  },
);

const attempts = createTable(
  ({ seq, body, opening, texts }) => {
    if (opening === undefined || (body.type !== 'attempt' && body.type !== 'outcome')) return undefined;
    const learnt = body.type === 'outcome' ? body.data : undefined;
    return { seq, opening, texts, at: body.at, attempt: body.data.attempt, learnt };
  },
  {
    seq: ({ seq }) => seq,
    request: nameOf,
    account: accountOf,
    at: ({ at }) => at,
    attempt: ({ attempt }) => attempt,
    what: ({ learnt }) => (learnt ? 'learnt' : 'begun'),
    learnt_from: ({ learnt }) => learnt?.source,
    outcome: ({ learnt }) => learnt?.outcome,
    code: ({ learnt }) => learnt?.code,
    reference: ({ learnt }) => learnt?.reference,
    says: ({ texts }) => texts.get('says'),
  },
);

/** What was asked of many payments at once, and what was done to all of them. */
const bulks = createTable(
  ({ seq, body, opening }) => {
    if (opening === undefined || (body.type !== 'bulk' && body.type !== 'bulk_act')) return undefined;
    const asked = body.type === 'bulk' ? body.data : undefined;
    const act = body.type === 'bulk_act' ? body.data : undefined;
    return { seq, opening, at: body.at, asked, act };
  },
  {
    seq: ({ seq }) => seq,
    bulk: nameOf,
    account: accountOf,
    at: ({ at }) => at,
    what: ({ act }) => act?.act ?? 'ask',
    counts: ({ act }) => yesOrNo((act?.refusal ?? null) === null),
    refusal: ({ act }) => act?.refusal,
    halted_for: ({ act }) => act?.why,
    person: ({ asked, act }) => (asked ? asked.frozen.requester.user : act?.person?.user),
    team: ({ asked, act }) => (asked ? asked.frozen.requester.team : act?.person?.team),
    groups: ({ act }) => act?.groups.join(', '),
    lines: ({ asked }) => asked?.frozen.lines.length,
    deadline: ({ asked }) => asked?.frozen.deadline,
    needs: ({ asked }) => asked && needsOf(asked.frozen.rule),
    digest: ({ asked }) => asked?.digest,
    digest_seen: ({ act }) => act?.saw,
    id: ({ opening }) => opening.data.frozen.id,
    with_account: ({ act }) => act?.person?.alias,
  },
);

const freezes = createTable(
  ({ seq, body, texts }) => {
    if (body.type !== 'freeze' && body.type !== 'lift') return undefined;
    const frozen = body.type === 'freeze' ? body.data : undefined;
    return { seq, texts, at: body.at, act: body.type, frozen, ...body.data };
  },
  {
    seq: ({ seq }) => seq,
    freeze: ({ freeze }) => (freeze === null ? null : freezeName({ number: freeze })),
    at: ({ at }) => at,
    act: ({ act }) => act,
    counts: ({ refusal }) => yesOrNo(refusal === null),
    refusal: ({ refusal }) => refusal,
    scope: ({ frozen }) => frozen?.scope,
    account: ({ frozen }) => frozen?.account,
    frozen_person: ({ frozen }) => frozen?.users.join(', '),
    person: ({ person }) => person.user,
    team: ({ person }) => person.team,
    groups: ({ groups }) => groups.join(', '),
    reason: ({ texts }) => texts.get('reason'),
    with_account: ({ person }) => ('alias' in person ? person.alias : undefined),
  },
);

const signOffs = createTable(
  ({ seq, body }) => (body.type === 'sign_off' ? { seq, at: body.at, ...body.data } : undefined),
  {
    seq: ({ seq }) => seq,
    summary_of: ({ date }) => date,
    channel: ({ channel }) => channel,
    at: ({ at }) => at,
    counts: ({ refusal }) => yesOrNo(refusal === null),
    refusal: ({ refusal }) => refusal,
    person: ({ person }) => person.user,
    team: ({ person }) => person.team,
    groups: ({ groups }) => groups.join(', '),
  },
);

/** Who was turned away before there was a request. */
const refusedAsks = createTable(
  ({ seq, body }) => (body.type === 'refused_ask' ? { seq, at: body.at, ...body.data } : undefined),
  {
    seq: ({ seq }) => seq,
    at: ({ at }) => at,
    account: ({ account }) => account,
    payment: ({ payment }) => payment,
    person: ({ person }) => person.user,
    team: ({ person }) => person.team,
    why: ({ why }) => why,
  },
);

export const tables: Readonly<Record<string, Table>> = {
  requests,
  decisions,
  attempts,
  freezes,
  bulks,
  sign_offs: signOffs,
  refused_asks: refusedAsks,
};

/** `48000 PLN`, in minor units, is 480.00 and PLN. */
function readMoney(text: string | null): { decimals: string; currency: string } | undefined {
  const [, minor, currency] = /^(\d+) ([A-Z]{3})$/.exec(text ?? '') ?? [];
  if (minor === undefined || currency === undefined) return undefined;
  return { decimals: decimalText({ minor: BigInt(minor), currency }), currency };
}
