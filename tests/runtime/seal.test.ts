import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSealer, parseKeys, SealError } from '../../src/runtime/seal.ts';

const key = (name: string): Buffer => createHash('sha256').update(name).digest();
const OLD = key('old');
const NEW = key('new');
const OTHER = key('other');
const idOf = (of: Buffer): string => createHash('sha256').update(of).digest('hex').slice(0, 8);

/** Returns nonces that never repeat and are the same in every run. */
function counting(): (bytes: number) => Buffer {
  let count = 0;
  return (bytes) => createHash('sha512').update(String(count++)).digest().subarray(0, bytes);
}

const sealer = (...keys: Buffer[]) => createSealer(keys, counting());

function errorOf(call: () => unknown): SealError {
  try {
    call();
  } catch (error) {
    if (error instanceof SealError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

const anyText = fc.string({ unit: 'binary', maxLength: 300 });
const anyTenant = fc.stringMatching(/^[TE][A-Z0-9]{1,12}$/);

describe('sealing', () => {
  it('gives back any text, under the same tenant', () => {
    fc.assert(
      fc.property(anyText, anyTenant, (text, tenant) => {
        const { seal, open } = sealer(NEW);
        expect(open(seal(text, tenant), tenant)).toEqual({ text, stale: false });
      }),
    );
  });

  it('works with the random bytes of the machine', () => {
    const { seal, open } = createSealer([NEW], randomBytes);
    expect(open(seal('xoxb-1', 'T1'), 'T1').text).toBe('xoxb-1');
  });

  it('writes version, key id, nonce and the rest, and never the same twice', () => {
    const { seal } = sealer(NEW);
    const sealed = seal('xoxb-secret', 'T1');
    const [version, id, nonce = '', body = '', ...more] = sealed.split('.');
    expect([version, id, more]).toEqual(['v1', idOf(NEW), []]);
    expect(Buffer.from(nonce, 'base64url')).toHaveLength(12);
    expect(Buffer.from(body, 'base64url')).toHaveLength('xoxb-secret'.length + 16);
    expect(seal('xoxb-secret', 'T1')).not.toBe(sealed);
  });

  it('refuses another tenant', () => {
    fc.assert(
      fc.property(anyText, anyTenant, anyTenant, (text, tenant, other) => {
        fc.pre(tenant !== other);
        const { seal, open } = sealer(NEW);
        expect(errorOf(() => open(seal(text, tenant), other)).kind).toBe('tampered');
      }),
    );
  });

  it('refuses whatever has one bit flipped, wherever it is', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.integer({ min: 0, max: 6 }), (text, at, bit) => {
        const { seal, open } = sealer(NEW, OLD);
        const sealed = Buffer.from(seal(text, 'T1'), 'latin1');
        const i = at % sealed.length;
        sealed[i] = (sealed[i] ?? 0) ^ (1 << bit);
        errorOf(() => open(sealed.toString('latin1'), 'T1'));
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses whatever was cut off or added', () => {
    const { seal, open } = sealer(NEW);
    const sealed = seal('xoxb-secret', 'T1');
    for (let length = 0; length < sealed.length; length++) errorOf(() => open(sealed.slice(0, length), 'T1'));
    for (const end of ['A', '=', '.', '.AAAA', ' ', '\n']) errorOf(() => open(sealed + end, 'T1'));
  });

  it('refuses any text that it did not write', () => {
    const { open } = sealer(NEW);
    fc.assert(fc.property(anyText, (text) => void errorOf(() => open(text, 'T1'))));
    fc.assert(fc.property(anyText, (text) => void errorOf(() => open(`v1.${idOf(NEW)}.${text}`, 'T1'))));
  });

  it('opens with old keys what they sealed, and says that it is to be sealed again', () => {
    fc.assert(
      fc.property(anyText, anyTenant, (text, tenant) => {
        const sealed = sealer(OLD).seal(text, tenant);
        const rotating = sealer(NEW, OTHER, OLD);
        expect(rotating.open(sealed, tenant)).toEqual({ text, stale: true });
        const again = rotating.seal(text, tenant);
        expect(again).toContain(`.${idOf(NEW)}.`);
        expect(sealer(NEW).open(again, tenant)).toEqual({ text, stale: false });
      }),
    );
  });

  it('names the missing key by its id alone', () => {
    const sealed = sealer(OLD).seal('xoxb-secret', 'T1');
    const error = errorOf(() => sealer(NEW).open(sealed, 'T1'));
    expect(error.kind).toBe('key_missing');
    expect(error.message).toBe(
      `A workspace's token is encrypted with the key ${idOf(OLD)}, which is not in TOKEN_ENCRYPTION_KEY. Add that key after the first one.`,
    );
  });

  it('does not guess at forms that it does not know', () => {
    const sealed = sealer(NEW).seal('xoxb-secret', 'T1').replace(/^v1/, 'v2');
    const error = errorOf(() => sealer(NEW).open(sealed, 'T1'));
    expect(error.kind).toBe('unknown_version');
    expect(error.message).toMatch(/newer version/);
  });

  it('treats a format that no version writes as damage', () => {
    for (const text of [
      '',
      'xoxb-1',
      'v1',
      'V2.x',
      'null',
      `w${sealer(NEW).seal('xoxb-1', 'T1').slice(1)}`,
    ]) {
      expect(errorOf(() => sealer(NEW).open(text, 'T1')).kind, text).toBe('tampered');
    }
  });

  it('says nothing in errors of plaintext, keys or sealed text, nor in their causes', () => {
    const sealed = sealer(OLD).seal('xoxb-secret', 'T1');
    const [, , nonce, body] = sealed.split('.');
    const errors = [
      errorOf(() => sealer(NEW).open(sealed, 'T1')),
      errorOf(() => sealer(OLD).open(sealed, 'T2')),
      errorOf(() => sealer(OLD).open(`v9${sealed.slice(2)}`, 'T1')),
      errorOf(() => sealer(OLD).open('xoxb-secret', 'T1')),
    ];
    for (const error of errors) {
      const said = `${error.message} ${error.stack} ${JSON.stringify(error)}`;
      expect(error.cause).toBeUndefined();
      for (const secret of ['xoxb-secret', nonce, body, OLD.toString('base64'), OLD.toString('hex')]) {
        expect(said).not.toContain(secret);
      }
    }
  });

  it('takes no keys and nonces that it would be unsafe with, and no text that would not come back', () => {
    expect(() => sealer()).toThrow('needs a key');
    expect(() => sealer(NEW, NEW)).toThrow('the same id');
    expect(() => sealer(NEW.subarray(1))).toThrow('32 bytes');
    expect(() => createSealer([NEW], () => Buffer.alloc(8)).seal('x', 'T1')).toThrow('12 bytes');
    expect(() => sealer(NEW).seal('\ud800', 'T1')).toThrow('surrogate');
  });
});

describe('TOKEN_ENCRYPTION_KEY', () => {
  const text = (of: Buffer): string => of.toString('base64');

  it('is one key or several, in their order', () => {
    expect(parseKeys(text(NEW))).toEqual({ ok: true, keys: [NEW] });
    expect(parseKeys(text(NEW).replace('=', ''))).toEqual({ ok: true, keys: [NEW] });
    expect(parseKeys(` ${text(NEW)}, ${text(OLD)}\n`)).toEqual({ ok: true, keys: [NEW, OLD] });
  });

  it('takes any random keys', () => {
    const anyKeys = fc.uniqueArray(fc.uint8Array({ minLength: 32, maxLength: 32 }), {
      minLength: 1,
      maxLength: 4,
      selector: String,
    });
    fc.assert(
      fc.property(anyKeys, (made) => {
        const keys = made.map((bytes) => Buffer.from(bytes));
        fc.pre(keys.every((one) => new Set(one).size >= 8));
        expect(parseKeys(keys.map(text).join(','))).toEqual({ ok: true, keys });
      }),
    );
  });

  it.each([
    ['', 'it is empty'],
    [`${text(NEW)},`, 'key 2 of 2 is empty'],
    [NEW.toString('hex'), 'it is 48 bytes long'],
    [text(NEW.subarray(1)), 'it is 31 bytes long'],
    [`${text(NEW)},${text(Buffer.concat([OLD, OLD]))}`, 'key 2 of 2 is 64 bytes long'],
    [`"${text(NEW)}"`, 'it has characters that are not base64'],
    ['a long sentence in place of a key', 'it has characters that are not base64'],
    [`${text(NEW)},${text(OLD)},${text(NEW)}`, 'key 3 of 3 is there twice'],
    [text(Buffer.alloc(32)), 'it is not random'],
    [`${'A'.repeat(42)}B`, 'it ends in the middle of a byte'],
  ])('says what is wrong with %j', (value, wrong) => {
    expect(parseKeys(value)).toEqual({
      ok: false,
      problem: `must be base64 of 32 random bytes, as "openssl rand -base64 32" prints them: ${wrong}`,
    });
  });

  it('never repeats what it was given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 8 }), (value) => {
        const parsed = parseKeys(value);
        if (!parsed.ok) expect(parsed.problem).not.toContain(value);
      }),
    );
  });
});
