import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHOICES } from '../../../src/decision/ballot.ts';
import { fileNameOf, gatherAdrInput } from '../../../src/features/record/input.ts';
import { runs } from '../../support/arbitrary.ts';
import { decisionWith, discussionOf, rubric } from '../../support/decision.ts';
import { anyNasty } from '../../support/nasty.ts';

describe('the record’s date', () => {
  it.each([
    ['Pacific/Kiritimati', '2026-11-24'],
    ['America/Los_Angeles', '2026-11-23'],
    [undefined, '2026-11-23'],
  ])('is the day in the decider’s time zone: %s', (timeZone, day) => {
    const at = Date.UTC(2026, 10, 23, 12);
    const record = {
      number: 1,
      outcome: 'flask',
      rationale: '',
      revisit: null,
      by: 'U1',
      at,
      reopened: null,
    } as const;
    const found = { names: new Map(), permalink: null, ...(timeZone === undefined ? {} : { timeZone }) };
    expect(gatherAdrInput(rubric, discussionOf(decisionWith({})), record, found).date).toBe(day);
  });
});

describe('the file’s name', () => {
  it('is a number, the outcome and the project: ASCII, at most 60 characters, for any project', () => {
    fc.assert(
      fc.property(
        anyNasty,
        fc.constantFrom(...CHOICES),
        fc.integer({ min: 1, max: 99_999 }),
        (project, outcome, number) => {
          const fileName = fileNameOf({ project, outcome, number });
          expect(fileName).toMatch(/^\d{4,5}-(django|flask|django-and-flask)(-for(-[a-z0-9]+)+)?\.md$/);
          expect(fileName.length).toBeLessThanOrEqual(60);
          expect(Number.parseInt(fileName, 10)).toBe(number);
        },
      ),
      runs(500),
    );
  });

  it.each([
    ['Billing portal', '0007-django-for-billing-portal.md'],
    ['Größe & Ärger / 2', '0007-django-for-grosse-arger-2.md'],
    ['../../etc/passwd', '0007-django-for-etc-passwd.md'],
    ['مشروع', '0007-django.md'],
    ['W'.repeat(80), `0007-django-for-${'w'.repeat(41)}.md`],
  ])('%s: %s', (project, expected) => {
    expect(fileNameOf({ number: 7, outcome: 'django', project })).toBe(expected);
  });
});
