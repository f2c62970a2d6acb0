// The sections of a record from the problem to the pros and cons, in the order of the document.
import type { Contribution, Verdict } from '../../advice/advice.ts';
import type { Dispute } from '../../advice/consensus.ts';
import { optionName, questionNames, verdictName, verdictWithStrength } from '../../blocks/wording.ts';
import { type Choice, tally } from '../../decision/ballot.ts';
import { type AdrInput, displayNameOf } from './input.ts';
import { answersIn, OPTION_NAMES } from './madr-arguments.ts';
import { blockQuote, bulletList, formatList, type Markdown, md } from './markdown.ts';

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
