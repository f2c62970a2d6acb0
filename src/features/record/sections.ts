import type { Contribution, FoundedAdvice } from '../../advice/advice.ts';
import { INTERCEPT, tossUpRange } from '../../advice/basis.ts';
import { CHOICES, type Choice, tally } from '../../decision/ballot.ts';
import { ERASED } from '../../decision/decision.ts';
import type { AdrInput } from './input.ts';
import { list, type Markdown, md, quote, visibleLine } from './markdown-text.ts';
import {
  adviceName,
  capitalised,
  cited,
  enumeration,
  optionName,
  pointsFor,
  signed,
  traitName,
  VERDICT_NAMES,
} from './wording.ts';

/** What was asked, and what was known. */
export function contextOf(input: AdrInput): Markdown[] {
  const { advice, answeredBy, project } = input;
  const { basis } = advice;
  const given = new Map(advice.contributions.map((c) => [c.trait, c.option]));
  const known = basis.questions.filter((q) => given.has(q.id));
  const open = basis.questions.filter((q) => !given.has(q.id)).map((q) => `“${q.text}”`);
  const who = answeredBy.map((person) => nameOf(input, person));
  const people =
    who.length > 1
      ? `The questions were answered by ${enumeration(who)}; an answer is the middle one of theirs.`
      : who.length === 1
        ? `The questions were answered by ${who[0]}.`
        : '';
  return [
    md`“${project}” is a web project in Python that is about to start. Should it be built with Django, with Flask, or with both, each for a part of its own?`,
    md`${known.length} of the ${basis.questions.length} questions had an answer. ${people}`,
    ...list(known.map((q) => md`${q.text} **${optionName(basis, q.id, given.get(q.id) ?? '')}**`)),
    ...(open.length > 0 && known.length > 0
      ? [md`Without ${who.length > 1 ? 'a common' : 'an'} answer: ${enumeration(open)}`]
      : []),
  ];
}

export function driversOf({ basis, contributions, margin, support }: FoundedAdvice): Markdown[] {
  const isStart = ({ trait }: Contribution): boolean => trait === INTERCEPT;
  const start = contributions.find(isStart);
  const ordered = [...contributions.filter(isStart), ...contributions.filter((c) => !isStart(c))];
  const rule = basis.rule
    ? [
        md`A rule of the article decided the advice, whatever the points: ${cited(basis.rule.reason, basis.rule.claims)}`,
      ]
    : [];
  return [
    ...rule,
    ...list(
      ordered.map((c) =>
        isStart(c)
          ? md`The starting point (${pointsFor(c.points)}): ${cited(c.reason, c.claims)}`
          : md`${capitalised(traitName(basis, c.trait))}: **${optionName(basis, c.trait, c.option)}** (${pointsFor(c.points)}). ${cited(c.reason, c.claims)}`,
      ),
    ),
    md`Start ${signed(start?.points ?? 0)}, plus ${support.django} for Django, minus ${support.flask} for Flask, makes ${signed(margin)}. Above 0 means Django, 0 and below Flask; ${tossUpRange(basis)} is a toss-up.`,
  ];
}

/** Advice, vote and decision: three things that may differ. */
export function outcomeOf(input: AdrInput): Markdown[] {
  const { advice, deciders, outcome, rationale } = input;
  const words = quote(rationale);
  const who = enumeration(deciders.map((person) => nameOf(input, person))) || 'the deciders';
  const why =
    words.length > 0 ? md`because, in the words of ${who}:` : md`by ${who}; no rationale was written down.`;
  return [
    md`Chosen option: "${VERDICT_NAMES[outcome]}", ${why}`,
    ...words,
    ...list([
      md`**Advice:** ${adviceName(advice)}.`,
      md`**Vote:** ${voteInWords(input)}.`,
      md`**Decision:** ${VERDICT_NAMES[outcome]}. ${comparison(input)}`,
    ]),
  ];
}

function voteInWords({ votes }: AdrInput): string {
  const { counts, leading } = tally(votes);
  if (votes.length === 0) return 'nobody voted';
  const said = CHOICES.filter((choice) => counts[choice] > 0).map(
    (choice) => `${counts[choice]} for ${VERDICT_NAMES[choice]}`,
  );
  return `${enumeration(said)}${leading.length > 1 ? ', a tie' : ''}`;
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

export function confirmationOf({ advice, outcome, revisit }: AdrInput): Markdown[] {
  const review =
    revisit === null
      ? md`No day was set for looking at it again; what would call for that stands under “When to revisit”.`
      : md`On ${revisit} the deciders are asked whether it still holds, with only those questions whose answers could change the advice.`;
  const open = advice.nextQuestions.map((trait) => {
    const question = advice.basis.questions.find((q) => q.id === trait);
    return md`${question?.text ?? traitName(advice.basis, trait)}`;
  });
  return [
    md`Whether it is kept shows in the project's dependencies: ${BUILT_WITH[outcome]}. ${review}`,
    ...(open.length > 0 ? [md`Still open then, and able to change the advice:`, ...list(open)] : []),
  ];
}

const BUILT_WITH: Readonly<Record<Choice, string>> = {
  django: 'they name Django and not Flask',
  flask: 'they name Flask and not Django',
  both: 'each part names the one that was meant for it',
};

/** What somebody is called; the id where that would show nothing. */
export function nameOf({ names }: AdrInput, person: string): string {
  if (person === ERASED) return 'someone';
  return visibleLine(names.get(person) ?? '') || person;
}
