// The sections of a record from the problem to the pros and cons, in the order of the document.
import type { AdviceWithBasis, ClaimStatement, Contribution, Verdict } from '../../advice/advice.ts';
import { INTERCEPT } from '../../advice/basis.ts';
import type { Dispute } from '../../advice/consensus.ts';
import {
  optionName,
  questionNames,
  verdictName,
  verdictWithStrength,
  withFullStop,
} from '../../blocks/wording.ts';
import { CHOICES, type Choice, tally } from '../../decision/ballot.ts';
import { type AdrInput, displayNameOf } from './input.ts';
import { blockQuote, bulletList, formatList, type Markdown, markdownHeading, md } from './markdown.ts';

/** Names of the options. MADR wants the chosen one to be named exactly like the considered one. */
export const OPTION_NAMES: Readonly<Record<Choice, string>> = {
  django: 'Django',
  flask: 'Flask',
  both: 'Django and Flask',
};

/** Most pros and cons of an option, and parts of the project for each framework. Advice stored before the short form has longer ones, so fewer fit. */
const MOST = {
  chosen: { pros: 3, cons: 2, parts: 3 },
  other: { pros: 2, cons: 2, parts: 0 },
  mirrored: { pros: 1, cons: 1, parts: 0 },
  longChosen: { pros: 2, cons: 1, parts: 2 },
  longOther: { pros: 1, cons: 1, parts: 0 },
};
/** Most answers listed in disputes, except that the first dispute is always listed. */
const MOST_DISPUTED_ANSWERS = 6;

/** Renders the question, and who answered how much of it. */
export function contextSection(input: AdrInput): Markdown[] {
  const { advice, answeredBy, project } = input;
  const total = advice.basis.questions.length;
  const known = answersIn(advice.contributions).length;
  const who = answeredBy.map((person) => displayNameOf(input, person));
  const answered =
    who.length > 1
      ? md`${formatList(who)} answered questions about it. Their middle answers settle ${known} of ${total}.`
      : md`${formatList(who) || 'The team'} answered ${known} of ${total} questions about it.`;
  return [md`Should “${project}” be built with Django, Flask or both? ${answered}`];
}

/** Renders each answer once, by the framework that it speaks for, with the disputed answers apart. */
export function driversSection(input: AdrInput): Markdown[] {
  const { advice, answeredBy } = input;
  const { basis, contributions } = advice;
  const disputes = listedDisputes(input);
  const disputed = new Set(disputes.map(({ trait }) => trait));
  const answers = answersIn(contributions);
  const settled = answers.filter(({ trait }) => !disputed.has(trait));
  const known = new Set([...disputed, ...answers.map(({ trait }) => trait)]);
  const open = basis.questions.map(({ id }) => id).filter((id) => !known.has(id));
  const side = (label: string, list: readonly Contribution[]): Markdown[] =>
    list.length === 0
      ? []
      : [md`${label}: ${list.map(({ trait, option }) => optionName(basis, trait, option)).join('; ')}`];
  return bulletList([
    ...(basis.rule ? [md`Deciding rule: ${basis.rule.bullet ?? basis.rule.reason}`] : []),
    ...side(
      'For Django',
      settled.filter(({ points }) => points > 0),
    ),
    ...side(
      'For Flask',
      settled.filter(({ points }) => points < 0),
    ),
    ...side(
      'For neither',
      settled.filter(({ points }) => points === 0),
    ),
    ...describeDisputes(input, disputes),
    ...(open.length === 0
      ? []
      : [md`${answeredBy.length > 1 ? 'No shared answer' : 'Not answered'}: ${questionNames(basis, open)}`]),
  ]);
}

interface ListedDispute extends Dispute {
  /** Verdict by option. Empty if only several disputes together change the verdict. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

/** Picks the disputes to list, each question once. The drivers list the group's answer to any other disputed question. */
export function listedDisputes({ disagreements }: AdrInput): ListedDispute[] {
  const byTrait = new Map<string, ListedDispute>();
  for (const { disputes, settlements } of disagreements) {
    const verdicts = new Map(
      settlements.flatMap(({ answers: [only, ...more], verdict }) =>
        only && more.length === 0 ? [[only.option, verdict] as const] : [],
      ),
    );
    for (const dispute of disputes) {
      if (!byTrait.has(dispute.trait)) byTrait.set(dispute.trait, { ...dispute, verdicts });
    }
  }
  let listed = 0;
  return [...byTrait.values()].filter(({ said }, i) => {
    listed += said.length;
    return i === 0 || listed <= MOST_DISPUTED_ANSWERS;
  });
}

/** Returns one line for each dispute that changes the verdict alone, or one for those that do so only together. */
function describeDisputes(input: AdrInput, disputes: readonly ListedDispute[]): Markdown[] {
  const alone = disputes.filter(({ verdicts }) => verdicts.size > 0);
  const joint = disputes.filter(({ verdicts }) => verdicts.size === 0);
  return [
    ...alone.map((dispute) => md`Not agreed: ${describeDispute(input, dispute)}`),
    ...(joint.length === 0
      ? []
      : [md`Not agreed, decisive together: ${joint.map((one) => describeDispute(input, one)).join('; ')}`]),
  ];
}

/** Returns "one simple job (Ana) leads to Flask; a large app (Ben) or many modules (Cy) leads to Django". */
function describeDispute(input: AdrInput, { said, trait, verdicts }: ListedDispute): string {
  const byVerdict = Map.groupBy(said, ({ option }) => verdicts.get(option));
  const groups = [...byVerdict].map(([verdict, sides]) => {
    const named = sides.map(({ option, people }) => {
      const who = formatList(people.map((person) => displayNameOf(input, person)));
      return `${optionName(input.advice.basis, trait, option)} (${who})`;
    });
    return `${named.join(' or ')}${effectOf(verdict)}`;
  });
  return groups.join('; ');
}

function effectOf(verdict: Verdict | undefined): string {
  if (verdict === undefined) return '';
  return verdict === 'undecided' ? ' leaves it open' : ` leads to ${verdictName(verdict)}`;
}

function answersIn(contributions: readonly Contribution[]): Contribution[] {
  return contributions.filter(({ trait }) => trait !== INTERCEPT);
}

/** Renders the decision, its rationale, and how it relates to the advice and the vote. All three can differ. */
export function outcomeSection(input: AdrInput): Markdown[] {
  const words = blockQuote(input.rationale);
  const chosen = OPTION_NAMES[input.outcome];
  return [
    words.length > 0
      ? md`Chosen option: "${chosen}", because:`
      : md`Chosen option: "${chosen}". No rationale was recorded.`,
    ...words,
    md`${comparison(input)}`,
  ];
}

/** Returns "It follows the vote (Django, 2 to 1) but goes against the advice (Flask, likely)." */
function comparison({ advice, outcome, votes }: AdrInput): string {
  const { counts, leading } = tally(votes);
  const [first] = leading;
  const won = leading.length === 1 ? first : undefined;
  const tied = leading.length > 1;
  const isClear = advice.verdict !== 'undecided' && advice.strength !== 'toss-up';
  const sources = [
    ...(isClear
      ? [{ name: `the advice (${verdictWithStrength(advice)})`, agrees: advice.verdict === outcome }]
      : []),
    ...(won ? [{ name: `the vote (${verdictName(won)}, ${score(counts)})`, agrees: won === outcome }] : []),
  ];
  const list = (agrees: boolean): string =>
    sources.flatMap((source) => (source.agrees === agrees ? [source.name] : [])).join(' and ');
  const [follows, against] = [list(true), list(false)];
  const parts = [follows && `follows ${follows}`, against && `goes against ${against}`].filter(
    (part) => part !== '',
  );
  return [
    ...(parts.length > 0 ? [`It ${parts.join(' but ')}.`] : []),
    ...(isClear ? [] : [`Advice: ${verdictWithStrength(advice, { leaning: true })}.`]),
    ...(tied ? [`Vote: tied, ${score(counts)}.`] : []),
    ...(votes.length === 0 ? ['Vote: none.'] : []),
  ].join(' ');
}

/** Returns "2 to 1", the most votes first. */
function score(counts: Readonly<Record<Choice, number>>): string {
  const [most = 0, second = 0, third = 0] = Object.values(counts).sort((a, b) => b - a);
  return third > 0 ? `${most} to ${second} to ${third}` : `${most} to ${second}`;
}

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

/** Renders how to confirm that the project follows the decision, and when to review it. */
export function confirmationSection({ outcome, revisit, supersededBy }: AdrInput): Markdown[] {
  const review =
    supersededBy !== null
      ? ''
      : revisit === null
        ? 'No review date is set.'
        : `Review date: ${revisit}. The bot reminds the deciders.`;
  return [
    md`Check the project’s dependencies: ${BUILT_WITH[outcome]}.`,
    ...(review === '' ? [] : [md`${review}`]),
  ];
}

const BUILT_WITH: Readonly<Record<Choice, string>> = {
  django: 'they name Django, not Flask',
  flask: 'they name Flask, not Django',
  both: 'each part names the framework chosen for it',
};

/** Changes a sentence of the rubric so that it can follow "because". Names stay capitalized. */
function clause(sentence: string): string {
  const part = /^(Django|Flask): (.*)$/s.exec(sentence);
  if (part) return `with ${part[1]}, ${clause(part[2] ?? '')}`;
  return /^(?:Django|Flask|JavaScript|Python|[A-Z]{2})/.test(sentence)
    ? sentence
    : sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}
