import { advise } from '../../src/advice/advise.ts';
import { type Answers, parseAnswers } from '../../src/advice/answers.ts';
import type { Rubric } from '../../src/advice/rubric/schema.ts';
import type { Message } from '../../src/blocks/message.ts';
import type { Decision } from '../../src/decision/decision.ts';
import { type Discussion, newDiscussion, type OwnAnswers } from '../../src/decision/discussion.ts';
import { computeGroup } from '../../src/decision/group.ts';
import { cardMessage } from '../../src/features/card/message.ts';
import { partialAnswers } from './arbitrary.ts';
import { smallRubric } from './small-rubric.ts';

/** The rubric of every decision here, unless a test brings another. */
export const rubric = smallRubric;

/** A decision as the store returns it. Throws if the rubric doesn't know the answers. */
export function decisionWith(
  answers: Answers,
  overrides: Partial<Decision> = {},
  of: Rubric = rubric,
): Decision {
  const parsed = parseAnswers(of, answers);
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'));
  return {
    id: 'abcDEF123-_x',
    tenant: 'T1',
    workspace: 'T1',
    channel: 'C1',
    thread: null,
    project: 'Billing portal',
    asker: 'U1',
    deciders: ['U1'],
    status: 'open',
    createdAt: Date.UTC(2026, 10, 23, 9),
    hideUntilDecided: false,
    supersedes: null,
    step: null,
    anyoneDecides: false,
    voteUntil: null,
    round: { number: 1, answers, advice: advise(of, answers), by: 'U1', at: Date.UTC(2026, 10, 23, 9) },
    ...overrides,
  };
}

/** The card of a decision about which nobody has said anything, or what is given here. */
export function discussionOf(decision: Decision, said: Partial<Discussion> = {}): Discussion {
  return { ...newDiscussion(decision), ...said };
}

export function cardWith(of: Rubric, decision: Decision, said: Partial<Discussion> = {}): Message {
  return cardMessage(of, discussionOf(decision, said));
}

/** What others answered, by their ids. */
export function ownAnswersOf(others: Readonly<Record<string, Answers>>): OwnAnswers[] {
  return Object.entries(others).map(([person, answers], i) => ({ person, answers, round: 1, at: i }));
}

/** A card on which others than the asker have answered, too. */
export function groupCard(
  decision: Decision,
  others: Readonly<Record<string, Answers>>,
  of: Rubric = rubric,
): Message {
  const ownAnswers = ownAnswersOf(others);
  return cardWith(of, decision, { ownAnswers, group: computeGroup(of, { decision, ownAnswers }) });
}

/** Any answers that the dialog can give, unsure ones left out; few answers as often as many. */
export const anyAnswers = partialAnswers(rubric);

/** For each question the option whose words are longest. */
export function longestAnswersIn({ questions }: Rubric): Answers {
  return Object.fromEntries(
    questions.map((q) => {
      const longest = [...q.options].sort(
        (a, b) => (b.reason ?? '').length + b.short.length - (a.reason ?? '').length - a.short.length,
      )[0];
      return [q.id, longest?.id ?? ''];
    }),
  );
}

export const longestAnswers = longestAnswersIn(rubric);

/** Names that people give, at their worst: 80 characters each at most. */
export const NASTY_NAMES: readonly string[] = [
  'W'.repeat(80),
  '&'.repeat(80),
  '<'.repeat(80),
  '🍰'.repeat(80),
  '👩‍👩‍👧'.repeat(16),
  '<!channel> <@U123> <https://evil.test|your bank>',
  '*bold* _italic_ ~gone~ `code` ```block```',
  'مشروع الفوترة الجديد',
  '\u05d4\u05e4\u05e8\u05d5\u05d9\u05e7\u05d8 (v2)',
  'a|b>c<d&e',
  '“quotes” \'and\' "more"',
];
