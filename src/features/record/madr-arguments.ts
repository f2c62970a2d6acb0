// The record's pros and cons, and the consequences of the chosen option.
import type { AdviceWithBasis, ClaimStatement, Contribution, Verdict } from '../../advice/advice.ts';
import { INTERCEPT } from '../../advice/basis.ts';
import { withFullStop } from '../../blocks/wording.ts';
import { CHOICES, type Choice } from '../../decision/ballot.ts';
import { bulletList, type Markdown, markdownHeading, md } from './markdown.ts';

/** Names of the options. MADR wants the chosen one to be named exactly like the considered one. */
export const OPTION_NAMES: Readonly<Record<Choice, string>> = {
  django: 'Django',
  flask: 'Flask',
  both: 'Django and Flask',
};

/**
 * Most pros and cons of an option, and parts of the project for each framework. Advice stored before the short form has
 * longer ones, so fewer fit.
 */
const MOST = {
  chosen: { pros: 3, cons: 2, parts: 3 },
  other: { pros: 2, cons: 2, parts: 0 },
  mirrored: { pros: 1, cons: 1, parts: 0 },
  longChosen: { pros: 2, cons: 1, parts: 2 },
  longOther: { pros: 1, cons: 1, parts: 0 },
};
const good = (text: string): Markdown => md`Good, because ${withFullStop(clause(text))}`;
const bad = (text: string): Markdown => md`Bad, because ${withFullStop(clause(text))}`;

/** Renders the good and bad consequences of the chosen option. */
export function consequencesSection(advice: AdviceWithBasis, choice: Choice): Markdown[] {
  return bulletList([...statements(choice, chosenArguments(advice, choice)), ...partsOf(advice, choice)]);
}

/** Renders the pros and cons of the other options, and refers to the consequences for the chosen one. */
export function prosAndConsSection(advice: AdviceWithBasis, outcome: Choice): Markdown[] {
  const chosen = chosenArguments(advice, outcome);
  return CHOICES.flatMap((choice) => [
    markdownHeading(3, OPTION_NAMES[choice]),
    ...(choice === outcome
      ? [md`Chosen. See “Consequences”.`]
      : bulletList(statements(choice, otherArguments(advice, choice, chosen)))),
  ]);
}

type Argument = Pick<ClaimStatement, 'text' | 'bullet'>;

interface Arguments {
  readonly pros: readonly Argument[];
  readonly cons: readonly Argument[];
}

function statements(choice: Choice, { pros, cons }: Arguments): Markdown[] {
  const lines = [
    ...pros.map((pro) => good(pro.bullet ?? pro.text)),
    ...cons.map((con) => bad(con.bullet ?? con.text)),
  ];
  if (lines.length > 0) return lines;
  return [
    choice === 'both'
      ? md`Neutral, because no rule of the article calls for both here.`
      : md`Neutral, because the answers give no reason for or against it.`,
  ];
}

function chosenArguments(advice: AdviceWithBasis, choice: Choice): Arguments {
  return cut(argumentsOn(advice, choice), MOST.chosen, MOST.longChosen);
}

/** Returns the arguments on an option that wasn't chosen. Leaves out those that are among the consequences. */
function otherArguments(advice: AdviceWithBasis, choice: Choice, chosen: Arguments): Arguments {
  const said = new Set([...chosen.pros, ...chosen.cons].map(({ text }) => text));
  const all = argumentsOn(advice, choice);
  const isNew = ({ text }: Argument): boolean => !said.has(text);
  const [pros, cons] = [all.pros.filter(isNew), all.cons.filter(isNew)];
  const short = (text: string): Argument => ({ text, bullet: text });
  const other = choice === 'django' ? 'Flask' : 'Django';
  const isMirrored = choice !== 'both' && !isFramework(advice.verdict);
  return cut(
    {
      pros: pros.length === 0 && all.pros.length > 0 ? [short('it avoids the drawbacks above.')] : pros,
      // If neither framework is advised, the reasons against one are those for the other.
      cons: isMirrored && all.cons.length > 0 ? [short(`it gives up what ${other} is good at.`)] : cons,
    },
    isMirrored ? MOST.mirrored : MOST.other,
    isMirrored ? MOST.mirrored : MOST.longOther,
  );
}

function isFramework(verdict: Verdict): boolean {
  return verdict === 'django' || verdict === 'flask';
}

interface Most {
  readonly pros: number;
  readonly cons: number;
}

function cut({ pros, cons }: Arguments, most: Most, mostLong: Most): Arguments {
  const { pros: mostPros, cons: mostCons } = isShort([...pros, ...cons]) ? most : mostLong;
  return { pros: pros.slice(0, mostPros), cons: cons.slice(0, mostCons) };
}

function isShort(list: readonly Argument[]): boolean {
  return list.every(({ bullet }) => bullet !== undefined);
}

/** Returns the advice's own arguments for the advised option, and the reasons of the answers for another one. */
function argumentsOn(advice: AdviceWithBasis, choice: Choice): Arguments {
  const { basis, cons, counterArgument, pros, verdict } = advice;
  if (choice === verdict) {
    const { rule } = basis;
    const ruled = rule ? [{ text: rule.reason, bullet: rule.bullet }] : [];
    return {
      pros: pros.length > 0 ? pros : ruled,
      cons: cons.length > 0 || !counterArgument ? cons : [counterArgument],
    };
  }
  const answers = answersIn(advice.contributions);
  const reasons = (isWanted: (pull: number) => boolean): Argument[] =>
    answers
      .filter((c) => isWanted(pullTo(choice, c)))
      .map(({ reason, bullet }) => ({ text: reason, bullet }));
  return { pros: reasons((pull) => pull > 0), cons: reasons((pull) => pull < 0) };
}

/** Returns an answer's points for (above 0) or against (below 0) a choice. No answer counts for `both`. */
function pullTo(choice: Choice, { points }: Contribution): number {
  return choice === 'both' ? 0 : choice === 'django' ? points : -points;
}

/** Returns which parts each framework takes, if the decision for both follows the advice. */
function partsOf({ boundary, pros }: AdviceWithBasis, choice: Choice): Markdown[] {
  if (choice !== 'both' || !boundary) return [];
  const { parts: most } = isShort(pros) ? MOST.chosen : MOST.longChosen;
  const list = (parts: readonly string[]): string => parts.slice(0, most).map(clause).join('; ');
  return [
    md`Neutral, because Django takes ${list(boundary.django)}.`,
    md`Neutral, because Flask takes ${list(boundary.flask)}.`,
  ];
}

export function answersIn(contributions: readonly Contribution[]): Contribution[] {
  return contributions.filter(({ trait }) => trait !== INTERCEPT);
}

/** Changes a sentence of the rubric so that it can follow "because". Names stay capitalized. */
function clause(sentence: string): string {
  const part = /^(Django|Flask): (.*)$/s.exec(sentence);
  if (part) return `with ${part[1]}, ${clause(part[2] ?? '')}`;
  return /^(?:Django|Flask|JavaScript|Python|[A-Z]{2})/.test(sentence)
    ? sentence
    : sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}
