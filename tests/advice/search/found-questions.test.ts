import { describe, expect, it } from 'vitest';
import { advise } from '../../../src/advice/advise.ts';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import type { RubricAnswer } from '../../../src/advice/search/answer.ts';
import { answerQuestion } from '../../../src/advice/search/answer-question.ts';
import { isForeign } from '../../../src/features/question/language.ts';
import { answerMessage } from '../../../src/features/question/message.ts';
import { FOUND, FOUND_LATER, type FoundQuestion } from './found-questions.ts';

const rubric = loadRubric();

type Known = Extract<RubricAnswer, { kind: 'answer' }>;

function known(question: string): Known {
  const answer = answerQuestion(rubric, question);
  if (answer.kind === 'unknown') throw new Error(`nothing is known about: ${question}`);
  return answer;
}

const factsIn = (question: string): string[] => known(question).facts.map(({ id }) => id);
const textFor = (question: string): string =>
  answerMessage(rubric, [{ question, answer: answerQuestion(rubric, question) }]).text;

function isRight({ question, wanted }: FoundQuestion): boolean {
  const answer = isForeign(question) ? ({ kind: 'foreign' } as const) : answerQuestion(rubric, question);
  if (typeof wanted === 'string' || answer.kind !== 'answer') return wanted === answer.kind;
  if ('kind' in wanted) return answer.advised?.kind.id === wanted.kind;
  if ('facts' in wanted) return answer.facts.some(({ id }) => wanted.facts.includes(id));
  const cited: string[] = textFor(question).split('\n').at(-1)?.match(/C\d\d/g) ?? [];
  return wanted.claims.some((claim) => cited.includes(claim));
}

describe('questions found in public', () => {
  it('are fifty different ones, each with its page, and name what exists', () => {
    const all = [...FOUND, ...FOUND_LATER];
    expect(FOUND.length).toBeGreaterThanOrEqual(50);
    expect(new Set(all.map(({ question }) => question)).size).toBe(all.length);
    for (const { wanted, url } of all) {
      expect(url).toMatch(/^https?:/);
      if (typeof wanted === 'string') continue;
      if ('claims' in wanted) for (const id of wanted.claims) expect(rubric.claims.has(id), id).toBe(true);
      if ('facts' in wanted)
        for (const id of wanted.facts)
          expect(
            rubric.facts.some((fact) => fact.id === id),
            id,
          ).toBe(true);
    }
  });

  it('get the right answer nine times out of ten', () => {
    const misses = FOUND.filter((row) => !isRight(row)).map(({ question }) => question);
    expect(misses.length / FOUND.length, misses.join('\n')).toBeLessThanOrEqual(0.1);
    const later = FOUND_LATER.filter((row) => !isRight(row)).map(({ question }) => question);
    expect(later.length / FOUND_LATER.length, later.join('\n')).toBeLessThanOrEqual(0.15);
  });
});

describe('what is not understood', () => {
  it.each([
    'can Flask sing?',
    'does Django support zebras',
    'is Flask edible?',
    'which Django should I marry?',
    'what pays better, Django or Flask?',
    'did you get my email?',
    'when does the shop close?',
    'how do I add a blog to Django?',
    'how to enable debug mode in flask',
    'what port does flask run on',
    'does Flask support HTTP/2?',
    'can I trust you?',
    'can I use Bootstrap with Flask?',
  ])('is said, although a framework is named: %s', (question) => {
    expect(answerQuestion(rubric, question).kind).toBe('unknown');
  });
});

describe('a fact', () => {
  it.each([
    ['can Flask send emails?', 'email'],
    ['how old is flask', 'age'],
    ['our team only knows flask, does that matter?', 'team_knowledge'],
    ['we are more familiar with Django', 'team_knowledge'],
    ['what’s the licence of Django?', 'license'],
    ['is Django free for commercial use?', 'license'],
    ['does pytest work with Flask?', 'testing'],
    ['how do we deploy it?', 'deployment'],
    ['does Flask have migrations?', 'migrations'],
    ['can both handle file uploads', 'uploads'],
    ['which version of Django is current', 'versions'],
  ])('answers %s', (question, fact) => {
    expect(factsIn(question)).toContain(fact);
  });

  it('comes with the claims on the cost of moving where it is about the team', () => {
    const cited = known('our team only knows flask, does that matter?').sides.flatMap(({ citations }) =>
      citations.map(({ claim }) => claim.id),
    );
    expect(cited).toEqual(['C56', 'C57']);
  });

  it('leads its answer, in at most two sentences, and is marked as not from the article', () => {
    for (const fact of rubric.facts) {
      const word = fact.words[0]?.replace('<framework>', 'Flask') ?? '';
      const text = textFor(`${word} flask`);
      const [first, ...rest] = fact.text.split(/(?<=[.?])\s/);
      expect(rest.length, fact.id).toBeLessThanOrEqual(1);
      if (!factsIn(`${word} flask`).includes(fact.id)) continue;
      expect(text.startsWith(first ?? '?'), fact.id).toBe(true);
      expect(text).toContain('Not from the article, as of ');
      for (const { url } of fact.sources) expect(text).toContain(url);
    }
  });
});

describe('a kind of project', () => {
  const ask = (name: string): Known => known(`Django or Flask for ${name}?`);

  it('gets a reason of its own first, not the default', () => {
    const first = rubric.kinds.flatMap(({ words: [word = ''] }) => {
      const { advised, sides } = ask(`a ${word}`);
      return advised && advised.advice.verdict !== 'undecided' ? [sides[0]?.citations[0]?.claim.id] : [];
    });
    expect(first.length).toBeGreaterThan(25);
    expect(first.filter((id) => id === undefined || rubric.intercept.claims.includes(id))).toEqual([]);
  });

  it('is advised on by the model, whatever it is called', () => {
    expect(rubric.kinds.length).toBeGreaterThanOrEqual(25);
    for (const { id, words, answers } of rubric.kinds) {
      for (const word of words) {
        const { advised, sides } = ask(`a ${word}`);
        expect(advised, word).not.toBeNull();
        if (advised?.kind.id !== id) continue;
        const { verdict } = advised.advice;
        expect(sides[0]?.side, word).toBe(verdict);
        expect(sides.flatMap(({ citations }) => citations).length, word).toBeLessThanOrEqual(3);
      }
      const [word = ''] = words;
      const { advised } = ask(word);
      if (rubric.details.some((detail) => detail.words.some((other) => word.includes(other)))) continue;
      expect(advised?.advice.verdict, word).toBe(advise(rubric, answers).verdict);
    }
  });

  it('says verdict, reason, assumptions and similar projects', () => {
    const text = textFor('Django or Flask for a shop with payments?');
    expect(text).toMatch(/^For an online shop, Django, (?:clearly|likely): .* \[1\]\n/);
    expect(text).toMatch(/\nThis assumes: .*a back office for staff/);
    expect(text).toMatch(/\nIn practice: \d of \d similar projects chose Django\. /);
  });

  it('takes what the question adds or rules out', () => {
    const admin = (question: string): string | undefined =>
      known(question).advised?.advice.contributions.find(({ trait }) => trait === 'admin')?.option;
    expect(admin('Django or Flask for a blog?')).toBe('yes');
    expect(admin('Django or Flask for a blog without an admin?')).toBe('no');
    const size = known('Django or Flask for a simple API?').advised?.advice.contributions;
    expect(size).toContainEqual(expect.objectContaining({ trait: 'size', option: 'simple' }));
  });

  it.each(['is there a good book on Django?', 'does the article recommend Django?'])(
    'is not named by a word with the same stem: %s',
    (question) => {
      expect(known(question).advised).toBeNull();
    },
  );

  it.each(['is Django safe for a shop?', 'how easy is it to hire Flask people for our blog?'])(
    'is not the subject of a question about something else: %s',
    (question) => {
      expect(known(question).advised).toBeNull();
    },
  );
});
