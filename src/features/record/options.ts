import type { Contribution, FoundedAdvice, Statement, Verdict } from '../../advice/advice.ts';
import { INTERCEPT } from '../../advice/basis.ts';
import { CHOICES, type Choice, tally } from '../../decision/ballot.ts';
import { heading, list, type Markdown, md } from './markdown-text.ts';
import { cited, clause, count, optionName, pointsFor, traitName, VERDICT_NAMES } from './wording.ts';

/** Where the advice has no list for a choice, so many of the answers that tell most stand in for it. */
const MOST_REASONS = 4;
const ONLY_WHERE_ADVISED =
  'the article recommends combining the two only where one of its rules says so, and none did here';

/** Which way an answer pulls, seen from a choice: for it above 0, against it below. Nothing pulls to both. */
function pullTo(choice: Choice, { points }: Contribution): number {
  return choice === 'both' ? 0 : choice === 'django' ? points : -points;
}

const good = (text: string): Markdown => md`Good, because ${text}`;
const bad = (text: string): Markdown => md`Bad, because ${text}`;
const neutral = (text: string): Markdown => md`Neutral, because ${text}`;
const said = ({ text, claims }: Statement): string => cited(clause(text), claims);
const reasonOf = ({ reason, claims }: Contribution): string => said({ text: reason, claims });

/** What taking this choice brings and costs, in full sentences. */
export function consequencesOf(advice: FoundedAdvice, choice: Choice): Markdown[] {
  if (choice === advice.verdict) {
    const { cons, pros } = advice;
    const lines = [...pros.map((pro) => good(said(pro))), ...cons.map((con) => bad(said(con)))];
    return list(orNothing([...lines, ...boundaryOf(advice)]));
  }
  const answers = advice.contributions.filter((c) => c.trait !== INTERCEPT);
  if (choice === 'both') return list([neutral(`${ONLY_WHERE_ADVISED}.`)]);
  const lines = [
    ...answers
      .filter((c) => pullTo(choice, c) > 0)
      .slice(0, MOST_REASONS)
      .map((c) => good(reasonOf(c))),
    ...answers
      .filter((c) => pullTo(choice, c) < 0)
      .slice(0, MOST_REASONS)
      .map((c) => bad(reasonOf(c))),
  ];
  return list(orNothing(lines));
}

function orNothing(lines: Markdown[]): Markdown[] {
  return lines.length > 0 ? lines : [neutral('the answers name nothing that speaks for it or against it.')];
}

function boundaryOf({ boundary }: FoundedAdvice): Markdown[] {
  if (!boundary) return [];
  return [
    ...boundary.django.map((line) => neutral(`Django takes this part: ${clause(line)}`)),
    ...boundary.flask.map((line) => neutral(`Flask takes this part: ${clause(line)}`)),
  ];
}

/** Every choice with what speaks for and against it; the reasons of the answers stand among the drivers. */
export function prosAndCons(
  advice: FoundedAdvice,
  votes: readonly { readonly choice: Choice }[],
): Markdown[] {
  const { counts } = tally(votes);
  return CHOICES.flatMap((choice) => [
    heading(3, VERDICT_NAMES[choice]),
    md`${standing(advice, choice)} ${voteCount(counts[choice])}`,
    ...list(argumentsOn(advice, choice)),
  ]);
}

function voteCount(votes: number): string {
  return votes === 0 ? 'No votes.' : `${count(votes, 'vote', 'votes')}.`;
}

function standing({ verdict, support }: FoundedAdvice, choice: Choice): string {
  const advised = choice === verdict ? 'The advice. ' : '';
  if (choice === 'both') return `${advised}Points speak for one of the two, never for both.`;
  return `${advised}The answers add ${count(support[choice], 'point', 'points')} for it.`;
}

function argumentsOn(advice: FoundedAdvice, choice: Choice): Markdown[] {
  const { basis, contributions, counterArgument, pros, cons, verdict } = advice;
  const answers = contributions.filter((c) => c.trait !== INTERCEPT);
  const because = ({ trait, option, points }: Contribution): Markdown =>
    md`because ${traitName(basis, trait)} is “${optionName(basis, trait, option)}” (${pointsFor(points)}).`;
  const lines = [
    ...(choice === verdict ? pros.map((pro) => good(said(pro))) : []),
    // What speaks most for the choice that was not advised stands where it is asked for.
    ...(counterArgument && otherThan(verdict) === choice ? [good(said(withoutName(counterArgument)))] : []),
    ...answers.filter((c) => pullTo(choice, c) > 0).map((c) => md`Good, ${because(c)}`),
    ...(choice === 'both' ? combining(advice) : []),
    ...(choice === verdict ? cons.map((con) => bad(said(con))) : []),
    ...(counterArgument && choice === 'both' && verdict === 'both'
      ? [md`Bad, because the strongest argument for another choice is: ${counterArgument.text}`]
      : []),
    ...answers.filter((c) => pullTo(choice, c) < 0).map((c) => md`Bad, ${because(c)}`),
  ];
  return orNothing(lines);
}

/** The framework that the advice is not for; null where it is for both, or for neither. */
function otherThan(verdict: Verdict): Choice | null {
  return verdict === 'django' ? 'flask' : verdict === 'flask' ? 'django' : null;
}

/** "Flask: the team decides …" stands under Flask. */
const withoutName = (statement: Statement): Statement => ({
  ...statement,
  text: statement.text.replace(/^(?:Django|Flask): /, ''),
});

/** What the rubric says about combining the two. */
function combining({ verdict, basis }: FoundedAdvice): Markdown[] {
  if (verdict !== 'both') return [neutral(`${ONLY_WHERE_ADVISED}.`)];
  return basis.rule ? [good(said({ text: basis.rule.reason, claims: [...basis.rule.claims] }))] : [];
}
