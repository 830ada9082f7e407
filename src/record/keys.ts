/** The keys of the record, derived from one secret that the database never sees. `docs/record.md` says how. */
import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';

/** A point of the chain: the number of an entry, and its hash. */
export interface Head {
  readonly seq: bigint;
  readonly hash: Buffer;
}

export interface SignedHead extends Head {
  /** The id of the key that signed. */
  readonly key: string;
  readonly signedAt: Date;
  readonly signature: Buffer;
}

/** What writes the record. */
export interface Seal {
  readonly key: string;
  /** The raw Ed25519 public key in hex. */
  readonly publicKey: string;
  mac(body: string): Buffer;
  signHead(head: Head, signedAt: Date): SignedHead;
}

/** What reads it. Undefined where the key is none of ours. */
export interface Keyring {
  readonly keys: readonly string[];
  isMacOf(key: string, body: string, mac: Buffer): boolean | undefined;
  isSignedHead(head: SignedHead): Promise<boolean | undefined>;
}

/** 32 bytes in hex. */
export const SECRET = /^[0-9a-f]{64}$/;

/** What DER puts around the raw 32 bytes of an Ed25519 key (RFC 8410). */
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_PREFIX_BYTES = 12;

interface Derived {
  readonly key: string;
  readonly raw: Buffer;
  /** Ready to use: made of bytes for every MAC, it would cost five times the MAC. */
  readonly mac: KeyObject;
  readonly private: KeyObject;
  readonly public: KeyObject;
}

function derive(secret: string): Derived {
  const bytes = Buffer.from(secret, 'hex');
  const part = (info: string) => Buffer.from(hkdfSync('sha256', bytes, '', info, 32));
  const der = Buffer.concat([PRIVATE_PREFIX, part('countersign/head/1')]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(PUBLIC_PREFIX_BYTES);
  const key = createHash('sha256').update(raw).digest('hex').slice(0, 16);
  return {
    key,
    raw,
    mac: createSecretKey(part('countersign/mac/1')),
    private: privateKey,
    public: publicKey,
  };
}

/** @param secret 64 hex digits */
export function createSeal(secret: string): Seal {
  const derived = derive(secret);
  return {
    key: derived.key,
    publicKey: derived.raw.toString('hex'),
    mac: (body) => macOf(derived, body),
    signHead(head, signedAt) {
      const { key } = derived;
      const signature = sign(null, Buffer.from(headText(head, signedAt)), derived.private);
      return { ...head, key, signedAt, signature };
    },
  };
}

/** @param secrets the one in use and those before it */
export function createKeyring(secrets: readonly string[]): Keyring {
  const keys = new Map(secrets.map(derive).map((derived) => [derived.key, derived]));
  return {
    keys: [...keys.keys()],
    isMacOf(key, body, mac) {
      const derived = keys.get(key);
      if (derived === undefined) return undefined;
      const own = macOf(derived, body);
      return mac.length === own.length && timingSafeEqual(mac, own);
    },
    async isSignedHead({ key, signedAt, signature, ...head }) {
      const derived = keys.get(key);
      return derived && verifyAside(Buffer.from(headText(head, signedAt)), derived.public, signature);
    },
  };
}

/** A signature takes as long as forty MACs; several are verified at once, each on a core of its own. */
function verifyAside(data: Buffer, key: KeyObject, signature: Buffer): Promise<boolean> {
  return new Promise((resolve, reject) => {
    verify(null, data, key, signature, (error, fits) => (error === null ? resolve(fits) : reject(error)));
  });
}

function macOf({ mac }: Derived, body: string): Buffer {
  return createHmac('sha256', mac).update(body).digest();
}

function headText({ seq, hash }: Head, signedAt: Date): string {
  return `countersign head\n${seq}\n${hash.toString('hex')}\n${signedAt.toISOString()}\n`;
}
