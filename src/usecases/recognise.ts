/** Finds the payment that a text is about. No provider is asked: what it is not sure of, the person chooses. */
import { hasCardNumber } from '../domain/cardNumber.ts';
import type { Provider } from '../domain/provider.ts';
import type { Records, World } from './ports.ts';

/** Undefined where it can't be told. */
interface Recognised {
  readonly account: string | undefined;
  /** What goes into the first field of the account's form. */
  readonly reference: string | undefined;
}

export type RecognisePayment = (text: string) => Promise<Recognised>;

const PIECES_READ = 300;
const PIECE_MAX = 256;

export function createRecognisePayment({
  store,
  providers,
}: Pick<World, 'providers'> & {
  readonly store: Pick<Records, 'selectKnownPayments'>;
}): RecognisePayment {
  const accountsTaking = (word: string) =>
    [...providers].filter(([, provider]) => takes(provider, word)).map(([account]) => account);

  /** By the payments of our record that the text names, at the accounts that it names too if any is of those. */
  async function recall(words: readonly string[], named: readonly string[]): Promise<Recognised | undefined> {
    const known = (await store.selectKnownPayments(words)).filter(({ account }) => providers.has(account));
    const beside = known.filter(({ account }) => named.includes(account));
    const some = beside.length > 0 ? beside : known;
    if (some.length === 0) return undefined;
    const reference = onlyOne(some.map(({ payment }) => payment));
    return { account: onlyOne(some.map(({ account }) => account)), reference };
  }

  return async (text) => {
    const words = piecesOf(text, APART);
    const named = words.map((word) => word.toLowerCase()).filter((word) => providers.has(word));
    // A reference may hold the very signs that take others apart.
    const recalled = await recall([...piecesOf(text, /\s+/), ...words], named);
    if (recalled !== undefined) return recalled;

    const account = onlyOne(named);
    const likely = words.filter(
      (word) => looksLikeReference(word) && !hasCardNumber(word) && isTaken(accountsTaking(word), account),
    );
    const next = account === undefined ? undefined : wordBehind(words, account);
    const reference = next !== undefined && likely.includes(next) ? next : onlyOne(likely);
    if (reference === undefined || account !== undefined) return { account, reference };
    return { account: onlyOne(accountsTaking(reference)), reference };
  };
}

/** Of web addresses too, for a reference is often the last part of one. */
const APART = /[\s/?&=:#|,;"'“”‘’()[\]{}<>`*]+/;

/** In the order of the text. */
function piecesOf(text: string, between: RegExp): readonly string[] {
  const pieces = text
    .replaceAll(/https?:\/\/[\w.-]*slack\.com\/\S*/g, ' ')
    .split(between)
    .map((piece) => piece.replaceAll(/^[("'“‘.!~_-]+|[)"'”’.,;:!?~_-]+$/g, ''));
  return [...new Set(pieces)]
    .filter((piece) => piece !== '' && piece.length <= PIECE_MAX)
    .slice(0, PIECES_READ);
}

/** Providers take almost any word, so it also has to look like no ordinary one: neither a date, a time nor an amount. */
function looksLikeReference(word: string): boolean {
  const isOrdinary = /^(\+.*|c-?\d+|(19|20)\d\d|\d{4}-\d\d-\d\d.*|\d+[.,]\d{1,2}([.,]\d+)*[^\w]*)$/i.test(
    word,
  );
  return word.length >= 4 && /\d/.test(word) && !isOrdinary;
}

function takes(provider: Provider, word: string): boolean {
  const [first] = provider.fields;
  return first !== undefined && provider.readTarget({ [first.name]: word }).ok;
}

function isTaken(accounts: readonly string[], wanted: string | undefined): boolean {
  return wanted === undefined ? accounts.length > 0 : accounts.includes(wanted);
}

function wordBehind(words: readonly string[], account: string): string | undefined {
  return words[words.findIndex((word) => word.toLowerCase() === account) + 1];
}

function onlyOne(some: readonly string[]): string | undefined {
  const [one, ...others] = new Set(some);
  return others.length === 0 ? one : undefined;
}
