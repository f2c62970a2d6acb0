// Other tools for decision records read the file: markdownlint itself, and our own copies of what log4brains and
// adr-tools look for.
import fc from 'fast-check';
import { lint } from 'markdownlint/sync';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { CHOICES } from '../../../src/decision/ballot.ts';
import type { AdrInput } from '../../../src/features/record/input.ts';
import { renderAdr } from '../../../src/features/record/madr.ts';
import { runs } from '../../support/arbitrary.ts';
import { anyNasty } from '../../support/nasty.ts';
import { anyRecord } from './arbitrary-records.ts';
import { decided, typedEverywhere } from './decided.ts';

const rubric = loadRubric();

/** Reopening leaves the file in the thread; the next decision uploads one with a new outcome under the same number. */
const reopened = { ...decided, outcome: 'flask', rationale: '', votes: [] } as const satisfies AdrInput;
const superseded: AdrInput = {
  ...decided,
  supersededBy: { number: 12, fileName: '0012-flask-for-billing-portal.md', permalink: null },
};

const cases: readonly [string, AdrInput][] = [
  ...CHOICES.map((outcome): [string, AdrInput] => [outcome, { ...decided, outcome }]),
  ['superseded', superseded],
  ['decided again after reopening', reopened],
];

/** Typical, disagreeing and hostile records. */
const anyFile = fc
  .tuple(anyRecord(rubric), fc.option(fc.tuple(anyNasty, anyNasty, anyNasty)))
  .map(([input, typed]) => (typed === null ? input : typedEverywhere(typed, input)));

describe('markdownlint, configured like MADR’s own decisions', () => {
  // https://github.com/adr/madr/blob/develop/docs/decisions/.markdownlint.yml. All else keeps its default.
  const config = { default: true, MD013: false, MD024: false };
  const problemsOf = (input: AdrInput): string[] =>
    Object.values(lint({ strings: { record: renderAdr(input).text }, config }))
      .flat()
      .map(({ lineNumber, ruleNames, errorContext, errorDetail }) =>
        [lineNumber, ...ruleNames, errorDetail, errorContext].join(' '),
      );

  it('is not silent', () => {
    const text = '# Title.\n# Other\n* a\n- b';
    expect(Object.values(lint({ strings: { text }, config })).flat().length).toBeGreaterThan(3);
  });

  it.each(cases)('finds nothing: %s', (_, input) => {
    expect(problemsOf(input)).toEqual([]);
  });

  it('finds nothing in any record, whatever people typed', () => {
    fc.assert(
      fc.property(anyFile, (input) => {
        expect(problemsOf(input)).toEqual([]);
      }),
      runs(300),
    );
  });
});

/**
 * Reads a record like @log4brains/core 1.1.0: it knows no front matter, takes the title from the first heading of level
 * 1, and status and date from the first list before the first heading of level 2. The package itself is too big to
 * depend on: 160 packages, 57 MB and an install script.
 */
function readLikeLog4brains(text: string) {
  const tokens = marked.lexer(text);
  const title = tokens.find((token) => token.type === 'heading' && token.depth === 1);
  const end = tokens.findIndex((token) => token.type === 'heading' && token.depth === 2);
  const list = tokens.slice(0, end).find((token) => token.type === 'list');
  const entry = (key: string): string | undefined => {
    for (const { text: item } of list?.type === 'list' ? list.items : []) {
      const shown = item.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
      const match = new RegExp(`^\\s*${key}\\s*:\\s*(.*)$`, 'i').exec(shown);
      if (match) return match[1]?.trim();
    }
    return undefined;
  };
  const status = entry('status');
  return {
    title: title?.type === 'heading' ? title.text : undefined,
    status: status?.startsWith('superseded by') ? 'superseded' : status,
    superseder: status?.startsWith('superseded by')
      ? status.replace(/superseded\s*by\s*:?/i, '').trim()
      : undefined,
    date: entry('date'),
  };
}

describe('the rules of log4brains’ parser', () => {
  it('find title, status and date', () => {
    expect(readLikeLog4brains(renderAdr(decided).text)).toEqual({
      title: 'Use Django for Billing portal',
      status: 'accepted',
      superseder: undefined,
      date: '2026-11-23',
    });
  });

  it('find the successor by its file name', () => {
    expect(readLikeLog4brains(renderAdr(superseded).text)).toMatchObject({
      status: 'superseded',
      superseder: '0012-flask-for-billing-portal',
    });
  });

  it('find them in any record, whatever people typed', () => {
    fc.assert(
      fc.property(anyFile, (input) => {
        const { title, status, superseder, date } = readLikeLog4brains(renderAdr(input).text);
        expect(title).toMatch(/^Use (Django|Flask|Django and Flask) for ./);
        expect(status).toBe(input.supersededBy ? 'superseded' : 'accepted');
        expect(superseder).toBe(input.supersededBy?.fileName.replace('.md', ''));
        expect(date).toBe('2026-11-23');
      }),
      runs(300),
    );
  });
});

describe('the rules of adr-tools', () => {
  const numberOf = (fileName: string): string => fileName.replace(/-.*/, '').replace(/^0*/, '');

  it.each(cases)('list the file and its number: %s', (_, input) => {
    const { fileName } = renderAdr(input);
    // `adr list` greps the names of the files; `adr new` and `adr generate graph` take the number from them.
    expect(fileName).toMatch(/^[0-9]+-[^/]*\.md$/);
    expect(numberOf(fileName)).toBe('7');
  });

  it('of the npm port @meza/adr-tools find the title for the table of contents', () => {
    fc.assert(
      fc.property(anyFile, (input) => {
        const heading = marked
          .lexer(renderAdr(input).text)
          .find((token) => token.type === 'heading' && token.depth === 1);
        expect(heading?.type === 'heading' && heading.text.trim()).toMatch(/^Use (Django|Flask)/);
      }),
      runs(100),
    );
  });

  it('of the shell scripts find no title, because they read line 1 and MADR starts with front matter', () => {
    // `adr generate toc` runs `head -1 | cut -c 3-`. Its links work, but each is named "-".
    expect(renderAdr(decided).text.split('\n')[0]?.slice(2)).toBe('-');
  });
});

describe('front matter', () => {
  it('is YAML, with one line for each key and a blank line at its end', () => {
    const [, front = ''] = /^---\n(.*?)\n---\n/s.exec(renderAdr(superseded).text) ?? [];
    expect(parse(front)).toEqual({
      status: 'superseded by ADR-0012',
      date: '2026-11-23',
      'decision-makers': ['Ana Lima'],
      consulted: ['Ben O’Neill', 'Chidi', 'Dora'],
      informed: ['#billing'],
    });
    expect(front.endsWith('\n')).toBe(true);
  });
});
