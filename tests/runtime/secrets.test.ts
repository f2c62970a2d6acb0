import { expect, it } from 'vitest';
import { newId } from '../../src/runtime/secrets.ts';

it('ids are unguessable letters and digits, and never the same', () => {
  const ids = Array.from({ length: 10_000 }, newId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[\w-]{16}$/);
  // The log uses the first eight characters as a reference.
  expect(new Set(ids.map((id) => id.slice(0, 8))).size).toBe(ids.length);
});
