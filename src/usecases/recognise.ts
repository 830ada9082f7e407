/** Finds the payment that a text is about. No provider is asked: what it is not sure of, the person chooses. */
import type { Provider } from '../domain/provider.ts';
import type { World } from './ports.ts';

/** Undefined where it can't be told. */
export interface Recognised {
  readonly account: string | undefined;
  /** What goes into the first field of the account's form. */
  readonly reference: string | undefined;
}

export type RecognisePayment = (text: string) => Promise<Recognised>;

const WORDS_READ = 300;
const WORD_MAX = 100;

export function createRecognisePayment({
  store,
  providers,
}: Pick<World, 'store' | 'providers'>): RecognisePayment {
  const accountsTaking = (word: string) =>
    [...providers].filter(([, provider]) => takes(provider, word)).map(([account]) => account);

  /** The one word that is a payment of our record, at the accounts that are named if any is. */
  async function recall(words: readonly string[], named: readonly string[]): Promise<Recognised | undefined> {
    const known = (await store.selectKnownPayments(words)).filter(({ account }) => providers.has(account));
    const beside = known.filter(({ account }) => named.includes(account));
    const some = beside.length > 0 ? beside : known;
    const reference = onlyOne(some.map(({ payment }) => payment));
    return reference === undefined
      ? undefined
      : { account: onlyOne(some.map(({ account }) => account)), reference };
  }

  return async (text) => {
    const words = wordsOf(text);
    const named = words.map((word) => word.toLowerCase()).filter((word) => providers.has(word));
    const recalled = await recall(words, named);
    if (recalled !== undefined) return recalled;

    const account = onlyOne(named);
    const likely = words.filter((word) => looksLikeReference(word) && isTaken(accountsTaking(word), account));
    const next = account === undefined ? undefined : wordBehind(words, account);
    const reference = next !== undefined && likely.includes(next) ? next : onlyOne(likely);
    if (reference === undefined || account !== undefined) return { account, reference };
    return { account: onlyOne(accountsTaking(reference)), reference };
  };
}

/** In the order of the text. Addresses of web pages are taken apart, for a reference is often their last part. */
function wordsOf(text: string): readonly string[] {
  const parts = text
    .replaceAll(/https?:\/\/[\w.-]*slack\.com\/\S*/g, ' ')
    .split(/[\s/?&=:#|,;"'“”‘’()[\]{}<>`*]+/);
  const words = parts.map((part) => part.replaceAll(/^[.!~_-]+|[.!?~_-]+$/g, ''));
  return [...new Set(words)].filter((word) => word !== '' && word.length <= WORD_MAX).slice(0, WORDS_READ);
}

/** Providers take almost any word, so it also has to look like no ordinary one: neither a date, a time nor an amount. */
function looksLikeReference(word: string): boolean {
  const isOrdinary = /^(\+.*|c-?\d+|(19|20)\d\d|\d{4}-\d\d-\d\d.*|\d+[.,]\d{1,2}([.,]\d+)*[^\w]*)$/i.test(
    word,
  );
  return word.length >= 4 && /\d/.test(word) && !isOrdinary;
}

function takes({ fields, readTarget }: Provider, word: string): boolean {
  const [first] = fields;
  return first !== undefined && readTarget({ [first.name]: word }).ok;
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
