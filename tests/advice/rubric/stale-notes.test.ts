import { describe, expect, it } from 'vitest';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { staleNotes } from '../../support/stale-notes.ts';

const rubric = loadRubric();
const [first] = rubric.notes;
if (!first) throw new Error('the rubric has no notes');
const dated = (as_of: string) => ({ ...first, as_of });

describe('dated notes', () => {
  it('are stale after more than a year, the oldest named first', () => {
    const notes = ['2026-11-23', '2025-11-22', '2025-11-23', '2024-02-29'].map(dated);
    expect(staleNotes({ notes }, '2026-11-23').map((note) => note.as_of)).toEqual([
      '2024-02-29',
      '2025-11-22',
    ]);
    expect(staleNotes({ notes }, '2026-11-22').map((note) => note.as_of)).toEqual(['2024-02-29']);
  });

  it('none lies in the future, and each has a source or says that none was found', () => {
    const today = new Date().toISOString().slice(0, 10);
    for (const { id, as_of, sources, status } of rubric.notes) {
      expect(as_of <= today, id).toBe(true);
      if (['reversed', 'outdated', 'third_way'].includes(status)) expect(sources, id).not.toEqual([]);
    }
  });

  // Listed as todo, so a run of the tests names the notes to read again without failing on a date.
  for (const { id, as_of } of staleNotes(rubric, new Date().toISOString().slice(0, 10)))
    it.todo(`${id}: read its sources again, last read on ${as_of}`);
});
