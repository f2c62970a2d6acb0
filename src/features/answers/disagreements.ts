import type { Basis, Verdict } from '../../advice/advice.ts';
import type { Disagreement, Dispute, Settlement } from '../../advice/consensus.ts';
import { mention } from '../../blocks/text.ts';
import { optionName, questionName, verdictInSentence } from '../../blocks/wording.ts';

/** Disagreements listed on the card. Settling one often settles others. */
const MOST_DISAGREEMENTS = 3;
/** People named for each answer, and for a disagreement in total. */
const MOST_NAMES = { perAnswer: 5, inTotal: 10 };
/** Combinations of answers listed for each verdict. */
const MOST_WAYS = 3;

/**
 * Describes each disagreement and the verdict that each way of settling it leads to. Counts the disagreements that it leaves out.
 *
 * @param earlier people who answered before the asker's answers were edited
 */
export function describeDisagreements(
  basis: Basis,
  verdict: Verdict,
  disagreements: readonly Disagreement[],
  earlier: ReadonlySet<string> = new Set(),
): string[] {
  const shown = disagreements
    .slice(0, MOST_DISAGREEMENTS)
    .map((one) =>
      one.disputes.length === 1
        ? describeSingleDispute(basis, one, earlier)
        : describeCombinedDisputes(basis, verdict, one, earlier),
    );
  const more = disagreements.length - shown.length;
  return more > 0 ? [...shown, `and ${more} more`] : shown;
}

/** Returns "size: <@U1> says “small” (then Flask), <@U2> and <@U3> say “large” (then Django)." */
function describeSingleDispute(
  basis: Basis,
  { disputes, settlements }: Disagreement,
  earlier: ReadonlySet<string>,
): string {
  const verdicts = new Map(
    settlements.flatMap(({ answers, verdict }) => answers.map(({ option }) => [option, verdict] as const)),
  );
  const then = (option: string): string => {
    const verdict = verdicts.get(option);
    return verdict === undefined ? '' : ` (then ${verdictInSentence(verdict)})`;
  };
  return `${describeDisputes(basis, disputes, earlier, then)}.`;
}

/**
 * Returns "size: …; shape: …. “small” with “one service”: Flask; otherwise Django." Several disputes together can be
 * settled in many ways, so only settlements that change the verdict are listed.
 */
function describeCombinedDisputes(
  basis: Basis,
  verdict: Verdict,
  { disputes, settlements }: Disagreement,
  earlier: ReadonlySet<string>,
): string {
  const telling = settlements.filter((settlement) => settlement.verdict !== verdict);
  const otherwise = `otherwise ${verdictInSentence(verdict)}`;
  return `${describeDisputes(basis, disputes, earlier)}. ${[...describeSettlements(basis, telling), otherwise].join('; ')}.`;
}

function describeDisputes(
  basis: Basis,
  disputes: readonly Dispute[],
  earlier: ReadonlySet<string>,
  then: (option: string) => string = () => '',
): string {
  const sides = disputes.flatMap((dispute) => dispute.said).length;
  const most = Math.max(1, Math.min(MOST_NAMES.perAnswer, Math.floor(MOST_NAMES.inTotal / sides)));
  return disputes
    .map(({ trait, said }) => {
      const shown = said.map(({ option, people }) => {
        const say = people.length === 1 ? 'says' : 'say';
        return `${mentionPeople(people, most, earlier)} ${say} “${optionName(basis, trait, option)}”${then(option)}`;
      });
      return `${questionName(basis, trait)}: ${shown.join(', ')}`;
    })
    .join('; ');
}

/** Returns "<@U1>, <@U2> and <@U3>", or "<@U1>, <@U2> and 3 more" for more than `most` people. */
function mentionPeople(people: readonly string[], most: number, earlier: ReadonlySet<string>): string {
  const names = people
    .slice(0, most)
    .map((person) => `${mention(person)}${earlier.has(person) ? ' (before the edit)' : ''}`);
  const last = people.length > names.length ? `${people.length - names.length} more` : names.pop();
  return names.length === 0 ? `${last}` : `${names.join(', ')} and ${last}`;
}

/** Returns a string for each verdict: "“small” with “one service” or “small” with “many services”: Flask". */
function describeSettlements(basis: Basis, settlements: readonly Settlement[]): string[] {
  return [...Map.groupBy(settlements, ({ verdict }) => verdict)].map(([verdict, ways]) => {
    const shown = ways.slice(0, MOST_WAYS).map((way) => describeAnswers(basis, way));
    const more = ways.length > shown.length ? [`${ways.length - shown.length} more`] : [];
    return `${[...shown, ...more].join(' or ')}: ${verdictInSentence(verdict)}`;
  });
}

function describeAnswers(basis: Basis, { answers }: Settlement): string {
  return answers.map(({ trait, option }) => `“${optionName(basis, trait, option)}”`).join(' with ');
}
