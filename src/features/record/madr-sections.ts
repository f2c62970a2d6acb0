// The sections of a record from the problem to the pros and cons, in the order of the document.
import type { AdviceWithBasis, ClaimStatement, Contribution, Verdict } from '../../advice/advice.ts';
import { INTERCEPT, tossUpRange } from '../../advice/basis.ts';
import { formatCount } from '../../blocks/text.ts';
import {
  capitalise,
  describePoints,
  optionName,
  questionName,
  verdictName,
  verdictWithStrength,
} from '../../blocks/wording.ts';
import { CHOICES, type Choice, tally } from '../../decision/ballot.ts';
import { type AdrInput, displayNameOf } from './input.ts';
import {
  blockQuote,
  bulletList,
  formatList,
  formatSignedPoints,
  type Markdown,
  markdownHeading,
  md,
} from './markdown.ts';

/** Most reasons on each side of a choice that wasn't advised. They come from the answers with the most points. */
const MOST_REASONS = 4;
const ONLY_WHERE_ADVISED =
  'the article recommends combining the two only where one of its rules says so, and none did here';

/** Renders the question, and the answers that people gave. */
export function contextSection(input: AdrInput): Markdown[] {
  const { advice, answeredBy, project } = input;
  const { basis } = advice;
  const given = new Map(advice.contributions.map((c) => [c.trait, c.option]));
  const known = basis.questions.filter((q) => given.has(q.id));
  const open = basis.questions.filter((q) => !given.has(q.id)).map((q) => `“${q.text}”`);
  const who = answeredBy.map((person) => displayNameOf(input, person));
  const median = who.length > 1 ? '; an answer is the middle one of theirs' : '';
  const people = who.length === 0 ? '' : `The questions were answered by ${formatList(who)}${median}.`;
  return [
    md`“${project}” is a web project in Python that is about to start. Should it be built with Django, with Flask, or with both, each for a part of its own?`,
    md`${known.length} of the ${basis.questions.length} questions had an answer. ${people}`,
    ...bulletList(known.map((q) => md`${q.text} **${optionName(basis, q.id, given.get(q.id) ?? '')}**`)),
    ...(open.length > 0 && known.length > 0
      ? [md`Without ${who.length > 1 ? 'a common' : 'an'} answer: ${formatList(open)}`]
      : []),
  ];
}

/** Renders the points of every answer and their sum. */
export function driversSection({ basis, contributions, margin, support }: AdviceWithBasis): Markdown[] {
  const start = contributions.find(({ trait }) => trait === INTERCEPT);
  const { rule } = basis;
  return [
    ...(rule
      ? [
          md`A rule of the article decided the advice, whatever the points: ${cited(rule.reason, rule.claims)}`,
        ]
      : []),
    ...bulletList([
      ...(start
        ? [md`The starting point (${describePoints(start)}): ${cited(start.reason, start.claims)}`]
        : []),
      ...answersIn(contributions).map(
        (c) =>
          md`${capitalise(questionName(basis, c.trait))}: **${optionName(basis, c.trait, c.option)}** (${describePoints(c)}). ${cited(c.reason, c.claims)}`,
      ),
    ]),
    md`Start ${formatSignedPoints(start?.points ?? 0)}, plus ${support.django} for Django, minus ${support.flask} for Flask, makes ${formatSignedPoints(margin)}. Above 0 means Django, 0 and below Flask; ${tossUpRange(basis)} is a toss-up.`,
  ];
}

function answersIn(contributions: readonly Contribution[]): Contribution[] {
  return contributions.filter(({ trait }) => trait !== INTERCEPT);
}

/** Renders the decision next to the advice and the vote. All three can differ. */
export function outcomeSection(input: AdrInput): Markdown[] {
  const { advice, deciders, outcome, rationale } = input;
  const words = blockQuote(rationale);
  const who = formatList(deciders.map((person) => displayNameOf(input, person))) || 'the deciders';
  const why =
    words.length > 0 ? md`because, in the words of ${who}:` : md`by ${who}; no rationale was written down.`;
  const advised = advice.verdict === 'undecided' ? verdictName('undecided') : verdictWithStrength(advice);
  return [
    md`Chosen option: "${verdictName(outcome)}", ${why}`,
    ...words,
    ...bulletList([
      md`**Advice:** ${advised}.`,
      md`**Vote:** ${describeVote(input)}.`,
      md`**Decision:** ${verdictName(outcome)}. ${comparison(input)}`,
    ]),
  ];
}

function describeVote({ votes }: AdrInput): string {
  const { counts, leading } = tally(votes);
  if (votes.length === 0) return 'nobody voted';
  const voted = CHOICES.filter((choice) => counts[choice] > 0).map(
    (choice) => `${counts[choice]} for ${verdictName(choice)}`,
  );
  return `${formatList(voted)}${leading.length > 1 ? ', a tie' : ''}`;
}

function comparison({ advice, outcome, votes }: AdrInput): string {
  const { leading } = tally(votes);
  const [first] = leading;
  const vote = leading.length === 1 && first ? (first === outcome ? 'follows' : 'departs from') : null;
  const counsel =
    advice.verdict === 'undecided' ? null : advice.verdict === outcome ? 'follows' : 'departs from';
  if (counsel && counsel === vote) return `It ${counsel} both advice and vote.`;
  const parts = [counsel && `${counsel} the advice`, vote && `${vote} the vote`].filter(
    (part) => part !== null,
  );
  return parts.length > 0 ? `It ${parts.join(' and ')}.` : 'Neither advice nor vote pointed to one option.';
}

const good = (text: string): Markdown => md`Good, because ${text}`;
const bad = (text: string): Markdown => md`Bad, because ${text}`;
const neutral = (text: string): Markdown => md`Neutral, because ${text}`;
const statedIn = ({ text, claims }: ClaimStatement): string => cited(clause(text), claims);

/** Renders the good and bad consequences of the chosen option, in full sentences. */
export function consequencesSection(advice: AdviceWithBasis, choice: Choice): Markdown[] {
  if (choice === advice.verdict) {
    const { cons, pros } = advice;
    const lines = [...pros.map((pro) => good(statedIn(pro))), ...cons.map((con) => bad(statedIn(con)))];
    return bulletList(orNothing([...lines, ...boundaryOf(advice)]));
  }
  if (choice === 'both') return bulletList([neutral(`${ONLY_WHERE_ADVISED}.`)]);
  const answers = answersIn(advice.contributions);
  const reasons = (pulling: Contribution[]): string[] =>
    pulling.slice(0, MOST_REASONS).map(({ reason, claims }) => statedIn({ text: reason, claims }));
  return bulletList(
    orNothing([
      ...reasons(answers.filter((c) => pullTo(choice, c) > 0)).map(good),
      ...reasons(answers.filter((c) => pullTo(choice, c) < 0)).map(bad),
    ]),
  );
}

function orNothing(lines: Markdown[]): Markdown[] {
  return lines.length > 0 ? lines : [neutral('the answers name nothing that speaks for it or against it.')];
}

/** Returns an answer's points for (above 0) or against (below 0) a choice. No answer counts for `both`. */
function pullTo(choice: Choice, { points }: Contribution): number {
  return choice === 'both' ? 0 : choice === 'django' ? points : -points;
}

function boundaryOf({ boundary }: AdviceWithBasis): Markdown[] {
  if (!boundary) return [];
  return [
    ...boundary.django.map((line) => neutral(`Django takes this part: ${clause(line)}`)),
    ...boundary.flask.map((line) => neutral(`Flask takes this part: ${clause(line)}`)),
  ];
}

/** Renders how to confirm that the project follows the decision, and when to review it. */
export function confirmationSection({ advice, outcome, revisit }: AdrInput): Markdown[] {
  const review =
    revisit === null
      ? md`No day was set for looking at it again; what would call for that stands under “When to revisit”.`
      : md`On ${revisit} the deciders are asked whether it still holds, with only those questions whose answers could change the advice.`;
  const open = advice.nextQuestions.map((trait) => {
    const question = advice.basis.questions.find((q) => q.id === trait);
    return md`${question?.text ?? questionName(advice.basis, trait)}`;
  });
  return [
    md`Whether it is kept shows in the project's dependencies: ${BUILT_WITH[outcome]}. ${review}`,
    ...(open.length > 0 ? [md`Still open then, and able to change the advice:`, ...bulletList(open)] : []),
  ];
}

const BUILT_WITH: Readonly<Record<Choice, string>> = {
  django: 'they name Django and not Flask',
  flask: 'they name Flask and not Django',
  both: 'each part names the one that was meant for it',
};

/** Renders the arguments for and against every choice. `driversSection` has the reasons of the answers. */
export function prosAndConsSection(advice: AdviceWithBasis, votes: AdrInput['votes']): Markdown[] {
  const { counts } = tally(votes);
  return CHOICES.flatMap((choice) => [
    markdownHeading(3, verdictName(choice)),
    md`${standing(advice, choice)} ${counts[choice] === 0 ? 'No votes' : formatCount(counts[choice], 'vote')}.`,
    ...bulletList(argumentsOn(advice, choice)),
  ]);
}

function standing({ verdict, support }: AdviceWithBasis, choice: Choice): string {
  const advised = choice === verdict ? 'The advice. ' : '';
  if (choice === 'both') return `${advised}Points speak for one of the two, never for both.`;
  return `${advised}The answers add ${formatCount(support[choice], 'point')} for it.`;
}

function argumentsOn(advice: AdviceWithBasis, choice: Choice): Markdown[] {
  const { basis, counterArgument, pros, cons, verdict } = advice;
  const answers = answersIn(advice.contributions);
  const because = (c: Contribution): Markdown =>
    md`because ${questionName(basis, c.trait)} is “${optionName(basis, c.trait, c.option)}” (${describePoints(c)}).`;
  return orNothing([
    ...(choice === verdict ? pros.map((pro) => good(statedIn(pro))) : []),
    // The strongest argument against the advice is the first one for the other framework.
    ...(counterArgument && otherThan(verdict) === choice
      ? [good(statedIn(withoutName(counterArgument)))]
      : []),
    ...answers.filter((c) => pullTo(choice, c) > 0).map((c) => md`Good, ${because(c)}`),
    ...(choice === 'both' ? combining(advice) : []),
    ...(choice === verdict ? cons.map((con) => bad(statedIn(con))) : []),
    ...(counterArgument && choice === 'both' && verdict === 'both'
      ? [md`Bad, because the strongest argument for another choice is: ${counterArgument.text}`]
      : []),
    ...answers.filter((c) => pullTo(choice, c) < 0).map((c) => md`Bad, ${because(c)}`),
  ]);
}

/** Returns the framework that the advice is not for. Null unless the advice is for exactly one. */
function otherThan(verdict: Verdict): Choice | null {
  return verdict === 'django' ? 'flask' : verdict === 'flask' ? 'django' : null;
}

/** Drops the name from a statement such as "Flask: the team decides …", because the heading says it. */
const withoutName = (statement: ClaimStatement): ClaimStatement => ({
  ...statement,
  text: statement.text.replace(/^(?:Django|Flask): /, ''),
});

/** Returns the rule's reason for combining the two, if the advice does. */
function combining({ verdict, basis }: AdviceWithBasis): Markdown[] {
  if (verdict !== 'both') return [neutral(`${ONLY_WHERE_ADVISED}.`)];
  return basis.rule ? [good(statedIn({ text: basis.rule.reason, claims: [...basis.rule.claims] }))] : [];
}

/** Changes a sentence of the rubric so that it can follow "because". Names stay capitalized. */
function clause(sentence: string): string {
  const part = /^(Django|Flask): (.*)$/s.exec(sentence);
  if (part) return `in the ${part[1]} part, ${clause(part[2] ?? '')}`;
  return /^(?:Django|Flask|JavaScript|Python|[A-Z]{2})/.test(sentence)
    ? sentence
    : sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}

/** Returns "… because the parts for that are there already (C11, C13)." */
function cited(sentence: string, claims: readonly string[]): string {
  return claims.length > 0 ? `${sentence.replace(/\.$/, '')} (${claims.join(', ')}).` : sentence;
}
