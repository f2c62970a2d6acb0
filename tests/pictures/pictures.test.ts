import { readdirSync, readFileSync } from 'node:fs';
import { deflateSync, inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { withPalette } from './png.ts';
import { STORIES } from './stories.ts';

const ROOT = new URL('../../', import.meta.url);
const taken = readdirSync(new URL('docs/pictures', ROOT)).toSorted();

it('takes every picture in docs/pictures', () => {
  const names = Object.keys(STORIES).flatMap((name) => [`${name}-desktop.png`, `${name}-phone.png`]);
  expect(taken).toEqual(names.toSorted());
});

it('takes every picture that the README shows', () => {
  const readme = readFileSync(new URL('README.md', ROOT), 'utf8');
  const shown = [...readme.matchAll(/docs\/pictures\/([\w.-]+)/g)].map(([, name]) => name ?? '');
  expect(shown).toContain('card-open-phone.png');
  expect(shown.filter((name) => !taken.includes(name))).toEqual([]);
});

it('keeps the pictures small', () => {
  const bytes = taken.map((name) => readFileSync(new URL(`docs/pictures/${name}`, ROOT)).length);
  expect(Math.max(...bytes)).toBeLessThan(200_000);
});

it('writes a palette instead of a colour for each pixel', () => {
  const header = Buffer.from([0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0]);
  // Two rows of two pixels. The second row only says how it differs from the row above.
  const rows = Buffer.from([0, 255, 0, 0, 0, 0, 255, 2, 0, 0, 0, 0, 0, 0]);
  const part = (type: string, data: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
  };
  const small = withPalette(
    Buffer.concat([Buffer.alloc(8), part('IHDR', header), part('IDAT', deflateSync(rows))]),
  );
  const data = (type: string): Buffer => {
    const at = small.indexOf(type);
    return small.subarray(at + 4, at + 4 + small.readUInt32BE(at - 4));
  };
  expect([...data('PLTE')]).toEqual([0, 0, 255, 255, 0, 0]);
  expect([...inflateSync(data('IDAT'))]).toEqual([0, 1, 0, 0, 1, 0]);
});
