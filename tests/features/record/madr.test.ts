import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { advise } from '../../../src/advice/advise.ts';
import { CHOICES } from '../../../src/decision/ballot.ts';
import type { AdrInput } from '../../../src/features/record/input.ts';
import { renderAdr } from '../../../src/features/record/madr.ts';
import { partialAnswers, runs } from '../../support/arbitrary.ts';
import { anyNasty } from '../../support/nasty.ts';
import { smallRubric as rubric } from '../../support/small-rubric.ts';
import { decided } from './decided.ts';

const HEADINGS = [
  '## Context and Problem Statement',
  '## Decision Drivers',
  '## Considered Options',
  '## Decision Outcome',
  '### Consequences',
  '### Confirmation',
  '## Pros and Cons of the Options',
  '### Django',
  '### Flask',
  '### Django and Flask together',
  '## More Information',
  '### Votes and dissent',
  '### When to revisit',
];
/** Left out where there is nothing to say. */
const OPTIONAL = ['### Similar projects', '### Where time has overtaken the article'];

function parts(text: string): { front: string; body: string } {
  const match = /^---\n(.*?)\n---\n\n(.*)$/s.exec(text);
  if (!match) throw new Error('no front matter');
  return { front: match[1] ?? '', body: match[2] ?? '' };
}

const linesOf = (text: string): string[] => parts(text).body.split('\n');
const headingsOf = (text: string): string[] =>
  linesOf(text).filter((line) => /^\s*(>\s*)*#{1,6}\s/.test(line));

/** The file of somebody who has typed this wherever one can type. */
const typedEverywhere = (texts: readonly [string, ...string[]], input: AdrInput): AdrInput => {
  const text = (i: number): string => texts[i % texts.length] ?? '';
  return {
    ...input,
    project: text(0),
    rationale: `${text(1)}\n${text(0)}`,
    names: new Map([...input.names.keys()].map((id, i) => [id, text(i)])),
    informed: [text(1), text(2)],
    votes: input.votes.map((vote, i) => ({ ...vote, reason: text(i) })),
  };
};

const anyInput = fc
  .record({
    answers: partialAnswers(rubric),
    outcome: fc.constantFrom(...CHOICES),
    texts: fc.tuple(anyNasty, anyNasty, anyNasty),
    superseded: fc.boolean(),
    revisit: fc.option(fc.constant('2027-05-24')),
  })
  .map(({ answers, outcome, texts, superseded, revisit }) =>
    typedEverywhere(texts, {
      ...decided,
      outcome,
      revisit,
      advice: advise(rubric, answers),
      supersededBy: superseded ? decided.supersedes : null,
    }),
  );

describe('the file of a decision', () => {
  it('has the sections of the template and no others, whatever anybody typed', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const [title, ...others] = headingsOf(renderAdr(input).text);
        expect(title).toMatch(/^# Use (Django|Flask|Django and Flask together) for ./);
        expect(others.filter((heading) => !OPTIONAL.includes(heading))).toEqual([...HEADINGS, '### Sources']);
      }),
      runs(300),
    );
  });

  it('has no HTML, image, code, table or rule, and no link but those of ours', () => {
    const ours = (address: string): boolean =>
      [decided.permalink, decided.supersedes?.permalink, rubric.article.url].includes(address) ||
      rubric.projects.some(({ url }) => new URL(url).href === address) ||
      [...rubric.sources.values()].some(({ urls }) => urls.some((url) => new URL(url).href === address));
    fc.assert(
      fc.property(anyInput, (input) => {
        for (const line of linesOf(renderAdr(input).text)) {
          // What is escaped is text; of what is left, only marks of ours may be there.
          const live = line.replace(/\\[!-/:-@[-`{-~]/g, 'x');
          for (const [, address] of live.matchAll(/\]\(([^)]*)\)/g))
            expect(address === decided.supersedes?.fileName || ours(address ?? ''), line).toBe(true);
          const text = live
            .replace(/\[[^[\]]*\]\([^)]*\)/g, 'x')
            .replace(/^(\* |>$|> |#{1,3} )/, '')
            .replace(/\*\*[^*]*\*\*/g, 'x');
          expect(text).not.toMatch(/[<>&`*_[\]|~#${}]|https?:|www\./);
          expect(text).not.toMatch(/^\s|^[-+=:]|^\d+[.)]/);
        }
      }),
      runs(300),
    );
  });

  it('has front matter that says who, whatever they are called', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const document = parseDocument(parts(renderAdr(input).text).front);
        expect([...document.errors, ...document.warnings]).toEqual([]);
        const front: unknown = document.toJS();
        expect(front).toEqual({
          status: input.supersededBy ? 'superseded by ADR-0003' : 'accepted',
          date: '2026-11-23',
          'decision-makers': [expect.any(String)],
          consulted: [expect.any(String), expect.any(String), expect.any(String)],
          informed: [expect.any(String), expect.any(String)],
        });
      }),
      runs(300),
    );
  });

  it('keeps ordinary names as they are', () => {
    const name = 'Zoë "Z" Müller-Ōta: #1 \\o/ 山田';
    const { text } = renderAdr({ ...decided, names: new Map([['U1', name]]) });
    expect(parseDocument(parts(text).front).toJS()).toMatchObject({ 'decision-makers': [name] });
  });

  it('has no character that shows nothing, turns text around or is not one', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const { text } = renderAdr(input);
        expect(text).not.toMatch(
          /[\p{Bidi_Control}\p{Noncharacter_Code_Point}\u200b\u2060\ufeff\u2028\u2029]/u,
        );
        expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
        expect(text.isWellFormed()).toBe(true);
        expect(text.endsWith('\n')).toBe(true);
      }),
      runs(300),
    );
  });

  it('says advice, vote and decision apart, with every dissent and its reason', () => {
    const { text } = renderAdr(decided);
    expect(text).toContain('* **Advice:** Flask');
    expect(text).toContain('* **Vote:** 2 for Django and 1 for Flask.');
    expect(text).toContain('* **Decision:** Django. It departs from the advice and follows the vote.');
    expect(text).toContain('* Dora, for Flask: “Most of it is glue, and we know the parts.”');
    expect(text).toContain('* Chidi, for Django, before the answers were edited');
  });

  it('names every answer, claim, note and flip of the advice', () => {
    fc.assert(
      fc.property(partialAnswers(rubric), (answers) => {
        const advice = advise(rubric, answers);
        const plain = renderAdr({ ...decided, advice }).text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
        for (const { reason } of advice.contributions) expect(plain).toContain(reason.replace(/\.$/, ''));
        for (const { id, text } of advice.basis.claims)
          expect(plain.split('\n').some((line) => line.startsWith(`* ${id}, `) && line.includes(text))).toBe(
            true,
          );
        for (const note of advice.notes) {
          expect(plain).toContain(note.text);
          for (const { url } of note.sources) expect(plain).toContain(new URL(url).href);
        }
        for (const { url } of advice.practice?.nearest ?? []) expect(plain).toContain(new URL(url).href);
        expect(plain).toContain(`Rubric version ${advice.rubricVersion}.`);
      }),
      runs(100),
    );
  });

  it('stands without votes, reason, day or answers', () => {
    const { text } = renderAdr({
      ...decided,
      rationale: ' \n ',
      revisit: null,
      votes: [],
      disagreements: [],
      answeredBy: ['U1'],
      permalink: null,
      supersedes: null,
      informed: [],
      advice: advise(rubric, {}),
    });
    expect(text).toContain('Chosen option: "Django", by Ana Lima; no rationale was written down.');
    expect(text).toContain('* **Advice:** too early to say.');
    expect(text).toContain('* **Vote:** nobody voted.');
    expect(text).toContain('informed: []');
    expect(text).not.toMatch(/\n\n\n/);
  });
});
