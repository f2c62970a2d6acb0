import type { Basis, Verdict } from '../core/advice.ts';
import type { Disagreement, Dispute, Settlement } from '../core/consensus.ts';
import { mention } from './text.ts';
import { optionName, questionName, verdictLedTo } from './wording.ts';

/** How many the card tells; settling one often settles others. */
const MOST_DISAGREEMENTS = 3;
/** Of those who say the same, and of all in one disagreement together. */
const MOST_NAMES = { side: 5, all: 10 };
/** Ways of settling it that lead to the same verdict; few have more than one option, two together have many. */
const MOST_WAYS = 3;

/** What people see differently, each with what would come of settling it; and how many more there are. */
export function disagreementsInWords(
  basis: Basis,
  verdict: Verdict,
  disagreements: readonly Disagreement[],
): string[] {
  const told = disagreements
    .slice(0, MOST_DISAGREEMENTS)
    .map((one) => disagreementInWords(basis, verdict, one));
  const more = disagreements.length - told.length;
  return more > 0 ? [...told, `and ${more} more`] : told;
}

/** "size: <@U1> says “small”, <@U2> and <@U3> say “large”. “small”: Flask; “large”: Django." */
function disagreementInWords(
  basis: Basis,
  verdict: Verdict,
  { disputes, settlements }: Disagreement,
): string {
  const sides = disputes.flatMap((dispute) => dispute.said).length;
  const most = Math.max(1, Math.min(MOST_NAMES.side, Math.floor(MOST_NAMES.all / sides)));
  const said = disputes.map((dispute) => disputeInWords(basis, dispute, most)).join('; ');
  if (disputes.length === 1) return `${said}. ${waysInWords(basis, settlements)}.`;
  // Two that change nothing alone can be settled in many ways: only those that change it are told.
  const telling = settlements.filter((settlement) => settlement.verdict !== verdict);
  return `${said}. ${waysInWords(basis, telling)}; otherwise ${verdictLedTo(verdict)}.`;
}

function disputeInWords(basis: Basis, { trait, said }: Dispute, most: number): string {
  const sides = said.map(
    ({ option, people }) =>
      `${named(people, most)} ${people.length === 1 ? 'says' : 'say'} “${optionName(basis, trait, option)}”`,
  );
  return `${questionName(basis, trait)}: ${sides.join(', ')}`;
}

/** "<@U1>, <@U2> and <@U3>"; of many the first few. */
function named(people: readonly string[], most: number): string {
  const names = people.slice(0, most).map(mention);
  const last = people.length > names.length ? `${people.length - names.length} more` : names.pop();
  return names.length === 0 ? `${last}` : `${names.join(', ')} and ${last}`;
}

/** Answers that lead to the same verdict stand together: "“small” or “medium”: Flask; “large”: Django" */
function waysInWords(basis: Basis, settlements: readonly Settlement[]): string {
  const byVerdict = Map.groupBy(settlements, ({ verdict }) => verdict);
  return [...byVerdict]
    .map(([verdict, ways]) => {
      const told = ways.slice(0, MOST_WAYS).map((way) => answersInWords(basis, way));
      const more = ways.length > told.length ? [`${ways.length - told.length} more`] : [];
      return `${[...told, ...more].join(' or ')}: ${verdictLedTo(verdict)}`;
    })
    .join('; ');
}

function answersInWords(basis: Basis, { answers }: Settlement): string {
  return answers.map(({ trait, option }) => `“${optionName(basis, trait, option)}”`).join(' with ');
}
