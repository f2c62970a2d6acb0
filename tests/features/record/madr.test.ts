import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { advise } from '../../../src/advice/advise.ts';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { optionName, verdictWithStrength } from '../../../src/blocks/wording.ts';
import { CHOICES } from '../../../src/decision/ballot.ts';
import type { AdrInput } from '../../../src/features/record/input.ts';
import { renderAdr } from '../../../src/features/record/madr.ts';
import { partialAnswers, runs } from '../../support/arbitrary.ts';
import { anyNasty } from '../../support/nasty.ts';
import { smallRubric as rubric } from '../../support/small-rubric.ts';
import { anyRecord } from './arbitrary-records.ts';
import { decided, typedEverywhere } from './decided.ts';
import { countWords, TYPED } from './words.ts';

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
  '### Django and Flask',
  '## More Information',
  '### Votes',
  '### What Would Change the Advice',
];

function parts(text: string): { front: string; body: string } {
  const match = /^---\n(.*?)\n---\n\n(.*)$/s.exec(text);
  if (!match) throw new Error('no front matter');
  return { front: match[1] ?? '', body: match[2] ?? '' };
}

const linesOf = (text: string): string[] => parts(text).body.split('\n');
const headingsOf = (text: string): string[] =>
  linesOf(text).filter((line) => /^\s*(>\s*)*#{1,6}\s/.test(line));

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
        expect(title).toMatch(/^# Use (Django|Flask|Django and Flask) for ./);
        expect(others).toEqual(HEADINGS);
      }),
      runs(300),
    );
  });

  it('has no HTML, image, code, table or rule, and no link but those of ours', () => {
    const ours = (address: string): boolean =>
      [decided.permalink, decided.supersedes?.permalink, rubric.article.url].includes(address);
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

  it('says whether the decision follows the advice and the vote', () => {
    const { text } = renderAdr(decided);
    expect(text).toContain(
      'It follows the vote (Django, 2 to 1) but goes against the advice (Flask, likely).',
    );
    const flask = renderAdr({ ...decided, outcome: 'flask' }).text;
    expect(flask).toContain(
      'It follows the advice (Flask, likely) but goes against the vote (Django, 2 to 1).',
    );
    const both = renderAdr({ ...decided, outcome: 'both' }).text;
    expect(both).toContain('It goes against the advice (Flask, likely) and the vote (Django, 2 to 1).');
    const tied = renderAdr({ ...decided, outcome: 'flask', votes: decided.votes.slice(1) }).text;
    expect(tied).toContain('It follows the advice (Flask, likely). Vote: tied, 1 to 1.');
  });

  it('lists the votes with short reasons, and those from before an edit', () => {
    const [first, ...others] = decided.votes;
    const votes = first ? [{ ...first, reason: 'Because. '.repeat(30) }, ...others] : [];
    const { text } = renderAdr({ ...decided, votes });
    expect(text).toMatch(/^\* Django, 2 votes: Ben O’Neill \(“(Because\. ){11}…”\) and Chidi$/m);
    expect(text).toContain('* Flask, 1 vote: Dora (“Most of it is glue, and we know the parts.”)');
    expect(text).toContain('Voted before the answers were edited: Chidi.');
  });

  it('says what people do not agree on, with the effect of each answer', () => {
    expect(renderAdr(decided).text).toMatch(
      /^\* Not agreed: .+ \(Ana Lima and Ben O’Neill\) leads to Flask; .+ \(Chidi\) leads to both$/m,
    );
  });

  it('quotes a name that ends with punctuation in the title', () => {
    expect(renderAdr({ ...decided, project: 'Ship it.' }).text).toContain('\n# Use Django for “Ship it.”\n');
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
    expect(text).toContain('Chosen option: "Django". No rationale was recorded.');
    expect(text).toContain('Advice: not enough to go on. Vote: none.');
    expect(text).toContain('No review date is set.');
    expect(text).not.toContain('### Votes');
    expect(text).toContain('informed: []');
    expect(text).not.toMatch(/\n\n\n/);
  });
});

describe.each([
  ['shipped', loadRubric(), 2_000],
  ['small', rubric, 500],
] as const)('with the %s rubric, a record of any decision', (_, of, count) => {
  // All tests read the same files, because making one takes longer than reading it.
  let files: readonly { readonly input: AdrInput; readonly text: string }[];
  beforeAll(() => {
    const inputs = fc.sample(anyRecord(of), runs(count));
    files = inputs.map((input) => ({ input, text: renderAdr(input).text }));
  });

  it('has at most 450 words that the bot wrote', () => {
    for (const { text } of files) expect(countWords(text), text).toBeLessThanOrEqual(450);
  });

  it('keeps outcome, rationale, pros, cons, advice, review date and links', () => {
    for (const { input, text } of files) {
      const { advice, outcome, rationale, revisit, supersededBy, supersedes } = input;
      expect(text).toContain(`Chosen option: "${NAMES[outcome]}"`);
      if (rationale !== '') expect(text).toContain(`\n> ${TYPED}\n`);
      const shown = text.slice(text.indexOf('### Consequences'), text.indexOf('## More Information'));
      const section = sectionOf(
        shown,
        outcome === advice.verdict ? '### Consequences' : `### ${NAMES[advice.verdict]}`,
      );
      if (advice.verdict !== 'undecided') {
        if (advice.pros.length > 0) expect(section).toContain('\n* Good, because');
        if (advice.cons.length > 0) expect(section).toContain('\n* Bad, because');
      }
      expect(text).toContain(verdictWithStrength(advice));
      if (revisit !== null && supersededBy === null) expect(text).toContain(`Review date: ${revisit}.`);
      for (const link of [input.permalink, input.article.url, supersededBy?.fileName, supersedes?.fileName]) {
        if (link) expect(text).toContain(`](${link})`);
      }
    }
  });

  it('names each answer once, outside of pros, cons and flips', () => {
    for (const { input, text } of files) {
      const { advice } = input;
      const drivers = sectionOf(text, '## Decision Drivers').replace(/\\(?=[!-/:-@[-`{-~])/g, '');
      for (const { trait, option } of advice.contributions) {
        if (trait === 'intercept') continue;
        const answer = optionName(advice.basis, trait, option);
        const mention = new RegExp(`(?<=: |; | or )${RegExp.escape(answer)}(?=;| \\(|\\n|$)`, 'g');
        expect(drivers.match(mention) ?? [], `${answer} in ${drivers}`).toHaveLength(1);
      }
    }
  });

  it('repeats no sentence', () => {
    for (const { text } of files) {
      const lines = text.split('\n').filter((line) => /^\* (Good|Bad|Neutral),/.test(line));
      const own = lines.filter((line) => !/the answers give no reason|it gives up|it avoids/.test(line));
      expect(own.filter((line, i) => own.indexOf(line) !== i)).toEqual([]);
    }
  });
});

const NAMES = { django: 'Django', flask: 'Flask', both: 'Django and Flask', undecided: '' } as const;

/** Returns a section from its heading to the next heading. */
function sectionOf(text: string, heading: string): string {
  const start = text.indexOf(`${heading}\n`);
  const end = text.indexOf('\n#', start + heading.length);
  return text.slice(start + heading.length, end === -1 ? undefined : end);
}
