// Encrypts tokens for the database.
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

/** Version of the only format: `v1.KEY_ID.NONCE.CIPHERTEXT_AND_TAG`, the last two in base64url. */
const VERSION = 'v1';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

/**
 * A sealed token can't be opened. The message is a sentence for the operator. It may name the key's id, and contains no
 * key, plaintext or ciphertext.
 */
export class SealError extends Error {
  override name = 'SealError';
  readonly kind: 'key_missing' | 'tampered' | 'unknown_version';

  constructor(kind: SealError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Encrypts installations' tokens. A copy of the database alone doesn't let an attacker act as the bot. */
export interface Sealer {
  /**
   * @param tenantId authenticated with the text: after a row is moved to another tenant, `open` fails
   */
  seal(text: string, tenantId: string): string;
  /**
   * @returns the text; `stale` means that another key than the first sealed it, so it should be sealed again
   * @throws SealError if the key is missing, or the text was changed or belongs to another tenant
   */
  open(sealed: string, tenantId: string): { readonly text: string; readonly stale: boolean };
}

/**
 * @param keys 32 bytes each; the first seals, all open
 * @param random returns the given number of random bytes; a repeated result would break the encryption
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
      const { id, nonce, ciphertext, tag } = parseSealed(sealed);
      const key = keyring.get(id);
      if (key === undefined) {
        throw new SealError(
          'key_missing',
          `A workspace's token is encrypted with the key ${id}, which is not in TOKEN_ENCRYPTION_KEY. Add that key after the first one.`,
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

/** Returns an id that reveals nothing about the key. */
function keyId(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8);
}

function parseSealed(sealed: string) {
  const [version = '', id = '', nonceText = '', bodyText = '', ...more] = sealed.split('.');
  if (version !== VERSION && /^v\d+$/.test(version)) {
    throw new SealError(
      'unknown_version',
      "A workspace's token is encrypted in a format that this version of the bot doesn't know. A newer version may have written it; run that version.",
    );
  }
  const nonce = decodeBase64Url(nonceText);
  const body = decodeBase64Url(bodyText);
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

/** Returns null unless encoding the bytes gives the same text: several texts decode to the same bytes. */
function decodeBase64Url(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : null;
}

const tampered = (): SealError =>
  new SealError(
    'tampered',
    "A workspace's encrypted token was changed, or belongs to another workspace. Restore its row from a backup, or ask the workspace to install the app again.",
  );

export type ParsedKeys =
  | { readonly ok: true; readonly keys: readonly Buffer[] }
  /** `problem` continues a sentence that starts with the variable's name. It never contains the value. */
  | { readonly ok: false; readonly problem: string };

const WANTED = 'must be base64 of 32 random bytes, as "openssl rand -base64 32" prints them';

/**
 * Parses `TOKEN_ENCRYPTION_KEY`: keys in base64, separated by commas. The first key encrypts, all decrypt.
 */
export function parseKeys(value: string): ParsedKeys {
  const keys: Buffer[] = [];
  const parts = value.split(',').map((part) => part.trim());
  for (const [i, part] of parts.entries()) {
    const which = parts.length === 1 ? 'it' : `key ${i + 1} of ${parts.length}`;
    const key = Buffer.from(part, 'base64');
    const wrong = problemOf(part, key) ?? (keys.some((other) => other.equals(key)) ? 'is there twice' : null);
    if (wrong !== null) return { ok: false, problem: `${WANTED}: ${which} ${wrong}` };
    keys.push(key);
  }
  return { ok: true, keys };
}

function problemOf(part: string, key: Buffer): string | null {
  if (part === '') return 'is empty';
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(part)) return 'has characters that are not base64';
  if (key.length !== KEY_BYTES) return `is ${key.length} bytes long`;
  if (key.toString('base64').replace(/=$/, '') !== part.replace(/=$/, ''))
    return 'ends in the middle of a byte';
  // 32 random bytes practically never have fewer than 8 different values, but typed text may.
  if (new Set(key).size < 8) return 'is not random';
  return null;
}
