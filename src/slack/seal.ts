import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

/** Keeps secrets so that whoever gets hold of the database cannot read them. */
export interface Sealer {
  /** Only for this tenant: it cannot be opened as another one's. */
  seal(text: string, tenant: string): string;
  /** Throws SealError. `stale`: it was not sealed with the key that seals now. */
  open(sealed: string, tenant: string): { readonly text: string; readonly stale: boolean };
}

/** Something sealed cannot be opened. The message is a sentence for whoever runs the bot, without any secret. */
export class SealError extends Error {
  override name = 'SealError';
}

const VERSION = 'v1';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export type ParsedKeys =
  | { readonly ok: true; readonly keys: readonly Buffer[] }
  | { readonly ok: false; readonly problem: string };

/** Base64 of 32 bytes, several separated by commas; the first seals, all of them open. Never repeats what it reads. */
export function parseKeys(value: string): ParsedKeys {
  const parts = value.split(',').map((part) => part.trim());
  const keys = parts.map((part) => Buffer.from(part, 'base64'));
  const bad = parts.findIndex(
    (part, i) => !/^[A-Za-z0-9+/]{43}=$/.test(part) || keys[i]?.length !== KEY_BYTES,
  );
  if (bad >= 0) {
    const which = parts.length === 1 ? '' : ` (key ${bad + 1} of ${parts.length} is not)`;
    const problem = `must be base64 of 32 bytes, several separated by commas${which}; make one with: openssl rand -base64 32`;
    return { ok: false, problem };
  }
  const ids = keys.map(idOf);
  if (new Set(ids).size < ids.length) return { ok: false, problem: 'names the same key twice' };
  return { ok: true, keys };
}

/**
 * AES-256-GCM with the tenant's id as additional data: `v1.<key id>.<nonce, text and tag>`.
 *
 * @param keys the first seals
 * @param randomBytes fresh bytes each time: a nonce must never be used twice with one key
 */
export function createSealer(keys: readonly Buffer[], randomBytes: (size: number) => Buffer): Sealer {
  const byId = new Map(keys.map((key) => [idOf(key), key]));
  const [current] = keys;
  if (!current) throw new Error('no key to seal with');
  const currentId = idOf(current);
  return {
    seal: (text, tenant) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', current, nonce).setAAD(Buffer.from(tenant, 'utf8'));
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return [VERSION, currentId, sealed.toString('base64url')].join('.');
    },
    open: (sealed, tenant) => {
      const [version, id, data, ...rest] = sealed.split('.');
      if (version !== VERSION || id === undefined || data === undefined || rest.length > 0) {
        throw new SealError('A stored token is not in a form that this version knows.');
      }
      const key = byId.get(id);
      if (!key) {
        throw new SealError(
          `A stored token was sealed with a key that TOKEN_ENCRYPTION_KEY does not have any more (${id}). Add that key after the others.`,
        );
      }
      return { text: opened(Buffer.from(data, 'base64url'), key, tenant), stale: id !== currentId };
    },
  };
}

function opened(bytes: Buffer, key: Buffer, tenant: string): string {
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const text = bytes.subarray(NONCE_BYTES, -TAG_BYTES);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(tenant, 'utf8'))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
  } catch {
    throw new SealError(
      `The stored token of ${tenant} was changed, or belongs to another tenant. It must be installed again.`,
    );
  }
}

/** Names a key without telling anything about it. */
function idOf(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8);
}
