import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

/** The only form there is so far: `v1.key id.nonce.ciphertext and tag`, the last two in base64url. */
const VERSION = 'v1';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

/**
 * A sealed token can't be opened. The message is a sentence for the operator. It contains no key, no plaintext, and of
 * the sealed text only the id of the key.
 */
export class SealError extends Error {
  override name = 'SealError';
  readonly kind: 'key_missing' | 'tampered' | 'unknown_version';

  constructor(kind: SealError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Encrypts the tokens of installations, so that a copy of the database alone lets nobody act as the bot. */
export interface Sealer {
  /**
   * @param tenantId only with the same one can it be opened again: a row moved to another tenant stays shut
   */
  seal(text: string, tenantId: string): string;
  /**
   * @returns the text, and whether it is to be sealed again since another key than the first one sealed it
   * @throws SealError
   */
  open(sealed: string, tenantId: string): { readonly text: string; readonly stale: boolean };
}

/**
 * @param keys of 32 bytes each; the first seals, all open
 * @param random so many random bytes; no two calls may ever return the same
 * @public
 */
export function createSealer(keys: readonly Buffer[], random: (bytes: number) => Buffer): Sealer {
  const keyring = new Map(keys.map((key) => [keyId(key), key]));
  const [first] = keyring;
  if (first === undefined) throw new Error('a sealer needs a key');
  if (keyring.size !== keys.length) throw new Error('two keys have the same id');
  if (keys.some((key) => key.length !== KEY_BYTES)) throw new Error(`a key has ${KEY_BYTES} bytes`);
  const [firstId, firstKey] = first;

  return {
    seal: (text, tenantId) => {
      if (!text.isWellFormed()) throw new Error('half a surrogate pair would not come back as it was');
      const nonce = random(NONCE_BYTES);
      if (nonce.length !== NONCE_BYTES) throw new Error(`a nonce has ${NONCE_BYTES} bytes`);
      const cipher = createCipheriv(CIPHER, firstKey, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(tenantId));
      const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return [VERSION, firstId, nonce.toString('base64url'), ciphertext.toString('base64url')].join('.');
    },
    open: (sealed, tenantId) => {
      const { id, nonce, ciphertext, tag } = taken(sealed);
      const key = keyring.get(id);
      if (key === undefined) {
        throw new SealError(
          'key_missing',
          `A workspace's token is encrypted with the key ${id}, which is not in TOKEN_ENCRYPTION_KEY. Add that key again, after the first one.`,
        );
      }
      const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(tenantId));
      decipher.setAuthTag(tag);
      try {
        const text = Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
        return { text, stale: id !== firstId };
      } catch {
        throw tampered();
      }
    },
  };
}

/** Which key it is, without a hint at what it is. */
function keyId(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8);
}

function taken(sealed: string) {
  const [version = '', id = '', nonceText = '', bodyText = '', ...more] = sealed.split('.');
  if (version !== VERSION && /^v\d+$/.test(version)) {
    throw new SealError(
      'unknown_version',
      "A workspace's token is encrypted in a format that this version of the bot doesn't know. A newer version may have written it: run that version.",
    );
  }
  const nonce = decoded(nonceText);
  const body = decoded(bodyText);
  if (
    version !== VERSION ||
    !/^[0-9a-f]{8}$/.test(id) ||
    nonce?.length !== NONCE_BYTES ||
    !body ||
    body.length < TAG_BYTES ||
    more.length > 0
  ) {
    throw tampered();
  }
  return { id, nonce, ciphertext: body.subarray(0, -TAG_BYTES), tag: body.subarray(-TAG_BYTES) };
}

/** Null unless these are the very characters that encoding writes: others would decode to the same bytes. */
function decoded(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : null;
}

const tampered = (): SealError =>
  new SealError(
    'tampered',
    "A workspace's encrypted token was changed, or belongs to another workspace. Restore its row from a backup, or have the workspace install the app again.",
  );

export type ParsedKeys =
  | { readonly ok: true; readonly keys: readonly Buffer[] }
  /** Follows on the name of the variable, and never repeats what stands in it. */
  | { readonly ok: false; readonly problem: string };

const WANTED = 'must be base64 of 32 random bytes, as "openssl rand -base64 32" prints them';

/**
 * `TOKEN_ENCRYPTION_KEY`: keys separated by commas; the first one seals, the others open what they sealed.
 */
export function parseKeys(value: string): ParsedKeys {
  const keys: Buffer[] = [];
  const parts = value.split(',').map((part) => part.trim());
  for (const [i, part] of parts.entries()) {
    const which = parts.length === 1 ? 'it' : `key ${i + 1} of ${parts.length}`;
    const key = Buffer.from(part, 'base64');
    const wrong =
      whatIsWrong(part, key) ?? (keys.some((other) => other.equals(key)) ? 'is there twice' : null);
    if (wrong !== null) return { ok: false, problem: `${WANTED}: ${which} ${wrong}` };
    keys.push(key);
  }
  return { ok: true, keys };
}

function whatIsWrong(part: string, key: Buffer): string | null {
  if (part === '') return 'is empty';
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(part)) return 'has characters that are not base64';
  if (key.length !== KEY_BYTES) return `is ${key.length} bytes long`;
  if (key.toString('base64').replace(/=$/, '') !== part.replace(/=$/, ''))
    return 'ends in the middle of a byte';
  // 32 random bytes never have so few different values; what people type in place of a key may.
  if (new Set(key).size < 8) return 'is not random';
  return null;
}
