import { describe, expect, it } from 'vitest';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { findStale } from '../../support/stale.ts';

const rubric = loadRubric();
const dated = [...rubric.notes, ...rubric.facts];
const today = new Date().toISOString().slice(0, 10);

describe('dated notes and facts', () => {
  it('are stale after more than a year, the oldest named first', () => {
    const some = ['2026-11-23', '2025-11-22', '2025-11-23', '2024-02-29'].map((as_of) => ({ as_of }));
    expect(findStale(some, '2026-11-23').map((one) => one.as_of)).toEqual(['2024-02-29', '2025-11-22']);
    expect(findStale(some, '2026-11-22').map((one) => one.as_of)).toEqual(['2024-02-29']);
  });

  it('were read in the past, and a note that contradicts the article has a source', () => {
    for (const { id, as_of } of dated) expect(as_of <= today, id).toBe(true);
    for (const { id, sources, status } of rubric.notes) {
      if (['reversed', 'outdated', 'third_way'].includes(status)) expect(sources, id).not.toEqual([]);
    }
  });

  // Listed as todo, so a run of the tests names what to read again without failing on a date.
  for (const { id, as_of } of findStale(dated, today))
    it.todo(`${id}: read its sources again, last read on ${as_of}`);
});
