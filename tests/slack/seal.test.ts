import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSealer, parseKeys, SealError } from '../../src/slack/seal.ts';

const keyOf = (fill: number): Buffer => Buffer.alloc(32, fill);
const sealerWith = (...fills: number[]) => createSealer(fills.map(keyOf), randomBytes);
const tenant = fc.string({ minLength: 1, maxLength: 20 });

describe('what is sealed', () => {
  it('is opened again for the same tenant, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), tenant, (text, of) => {
        const sealed = sealerWith(1).seal(text, of);
        expect(sealerWith(1).open(sealed, of)).toEqual({ text, stale: false });
        if (text.length > 3) expect(sealed).not.toContain(text);
      }),
    );
  });

  it('is refused for every other tenant', () => {
    fc.assert(
      fc.property(tenant, tenant, (one, two) => {
        fc.pre(one !== two);
        const sealed = sealerWith(1).seal('xoxb-1', one);
        expect(() => sealerWith(1).open(sealed, two)).toThrow(/belongs to another tenant/);
      }),
    );
  });

  it('is refused when a single bit of it has changed', () => {
    const sealed = sealerWith(1).seal('xoxb-secret', 'T1');
    const data = Buffer.from(sealed.split('.')[2] ?? '', 'base64url');
    fc.assert(
      fc.property(fc.nat(data.length - 1), fc.nat(7), (byte, bit) => {
        const changed = Buffer.from(data);
        changed.writeUInt8(changed.readUInt8(byte) ^ (1 << bit), byte);
        const text = sealed.replace(/[^.]+$/, changed.toString('base64url'));
        expect(() => sealerWith(1).open(text, 'T1')).toThrow(SealError);
      }),
    );
  });

  it('never looks the same twice', () => {
    const sealer = sealerWith(1);
    const sealed = Array.from({ length: 50 }, () => sealer.seal('xoxb-secret', 'T1'));
    expect(new Set(sealed).size).toBe(50);
  });

  it('outlives a new key, and says that it should be sealed anew', () => {
    const old = sealerWith(1).seal('xoxb-secret', 'T1');
    const rotated = sealerWith(2, 1);
    expect(rotated.open(old, 'T1')).toEqual({ text: 'xoxb-secret', stale: true });
    expect(rotated.open(rotated.seal('xoxb-secret', 'T1'), 'T1').stale).toBe(false);
  });

  it('whose key is gone is named by that key’s id, never by the key', () => {
    const old = sealerWith(1).seal('xoxb-secret', 'T1');
    const open = () => sealerWith(2).open(old, 'T1');
    expect(open).toThrow(/TOKEN_ENCRYPTION_KEY does not have any more \([0-9a-f]{8}\)\. Add that key/);
    expect(open).not.toThrow(keyOf(1).toString('base64'));
  });

  it.each(['', 'xoxb-plain', 'v2.00000000.AAAA', 'v1.x', 'v1.a.b.c', 'v1.00000000.'])(
    'is not %j: that is refused with a sentence',
    (text) => {
      expect(() => sealerWith(1).open(text, 'T1')).toThrow(SealError);
    },
  );
});

describe('TOKEN_ENCRYPTION_KEY', () => {
  const good = keyOf(7).toString('base64');
  const other = keyOf(8).toString('base64');

  it('is one key, or several', () => {
    expect(parseKeys(good)).toEqual({ ok: true, keys: [keyOf(7)] });
    expect(parseKeys(`${good}, ${other}`)).toEqual({ ok: true, keys: [keyOf(7), keyOf(8)] });
  });

  it.each([
    ['too short', Buffer.alloc(16).toString('base64')],
    ['too long', Buffer.alloc(33).toString('base64')],
    ['hexadecimal', Buffer.alloc(32).toString('hex')],
    ['not base64', `${good.slice(0, 20)}!${good.slice(21)}`],
    ['an empty one at the end', `${good},`],
  ])('that is %s is refused without being repeated', (_, value) => {
    const parsed = parseKeys(value);
    expect(parsed).toMatchObject({ ok: false, problem: expect.stringContaining('openssl rand -base64 32') });
    expect(JSON.stringify(parsed)).not.toContain(value.slice(0, 16));
  });

  it('that names a key twice is refused', () => {
    expect(parseKeys(`${good},${good}`)).toMatchObject({ ok: false, problem: 'names the same key twice' });
  });
});
