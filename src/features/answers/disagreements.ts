// Disagreements that matter: who says what, and what follows from settling them.
import type { Basis, Verdict } from '../../advice/advice.ts';
import type { Disagreement, Dispute, Settlement } from '../../advice/consensus.ts';
import type { Line } from '../../blocks/rich-text.ts';
import { formatCount } from '../../blocks/text.ts';
import { capitalise, optionName, questionName, verdictName } from '../../blocks/wording.ts';

/** Disagreements listed. Settling one often settles others. */
const MOST_DISAGREEMENTS = 3;
/** Answers listed for each disagreement. */
const MOST_SIDES = 3;
/** People named for each answer. */
const MOST_NAMES = 3;

/**
 * Returns a line for each disagreement, and for each answer who gave it and the verdict that it leads to. Counts the
 * disagreements that it leaves out.
 *
 * @param verdict the group's verdict while nothing is settled
 * @param earlier people who answered before the asker's answers were edited
 * @param most limits for the card, where space is short
 */
export function disagreementLines(
  basis: Basis,
  verdict: Verdict,
  disagreements: readonly Disagreement[],
  earlier: ReadonlySet<string> = new Set(),
  most = { disagreements: MOST_DISAGREEMENTS, sides: MOST_SIDES },
): Line[] {
  const shown = disagreements
    .slice(0, most.disagreements)
    .map((one) =>
      one.disputes.length === 1
        ? singleDispute(basis, verdict, one, earlier, most.sides)
        : combinedDisputes(basis, verdict, one, earlier),
    );
  const more = disagreements.length - shown.length;
  return more > 0 ? [...shown, [formatCount(more, 'more disagreement')]] : shown;
}

/** Returns "Size: an app that grows (@ana). One simple job (@ben) would make it Flask." */
function singleDispute(
  basis: Basis,
  verdict: Verdict,
  { disputes, settlements }: Disagreement,
  earlier: ReadonlySet<string>,
  mostSides: number,
): Line {
  const ways = new Map(settlements.flatMap((way) => way.answers.map(({ option }) => [option, way] as const)));
  return disputes.flatMap(({ trait, said }): Line => {
    const changes = ({ option }: Said): boolean => {
      const way = ways.get(option);
      return way !== undefined && (way.verdict !== verdict || way.strength !== undefined);
    };
    const [same, other] = [said.filter((side) => !changes(side)), said.filter(changes)];
    // One side that keeps the verdict is enough if space is short; the others say what would change it.
    const kept = same.slice(0, Math.max(1, mostSides - other.length));
    const sides = [...kept, ...other].slice(0, mostSides);
    const more = said.length - sides.length;
    const effects = new Set(settlements.map(describeEffect));
    const [shared] = same.length === 0 && effects.size === 1 ? effects : [];
    return [
      { bold: `${capitalise(questionName(basis, trait))}:` },
      ...sides.flatMap((side): Line => {
        const option = ` ${capitalise(optionName(basis, trait, side.option))} (`;
        const way = ways.get(side.option);
        const then = way && changes(side) && shared === undefined ? ` ${describeEffect(way)}` : '';
        return [option, ...names(side.people, earlier), `)${then}.`];
      }),
      ...(more > 0 ? [` And ${formatCount(more, 'other answer')}.`] : []),
      ...(shared === undefined ? [] : [` Settling it ${shared}.`]),
    ];
  });
}

/** Returns "Size and shape: One simple job (@ana) with a narrow service (@ben) would make it Flask." */
function combinedDisputes(
  basis: Basis,
  verdict: Verdict,
  { disputes, settlements }: Disagreement,
  earlier: ReadonlySet<string>,
): Line {
  const telling = settlements.find((settlement) => settlement.verdict !== verdict);
  const traits = disputes.map(({ trait }) => questionName(basis, trait)).join(' and ');
  return [
    { bold: `${capitalise(traits)}:` },
    ...(telling?.answers ?? []).flatMap(({ trait, option }, i): Line => {
      const name = optionName(basis, trait, option);
      const said = disputes.find((dispute) => dispute.trait === trait)?.said;
      const people = said?.find((side) => side.option === option)?.people ?? [];
      return [i === 0 ? ` ${capitalise(name)} (` : ` with ${name} (`, ...names(people, earlier), ')'];
    }),
    telling ? ` ${describeEffect(telling)}.` : '.',
  ];
}

type Said = Dispute['said'][number];

/** Returns "would make it Flask", or "would make Django likely" if only the strength changes. */
function describeEffect({ strength, verdict }: Settlement): string {
  if (verdict === 'undecided') return 'would leave it open';
  if (strength === undefined) return `would make it ${verdictName(verdict)}`;
  if (strength === 'toss-up') return 'would make it too close to call';
  return `would make ${verdictName(verdict)} ${strength === 'solid' ? 'clear' : 'likely'}`;
}

/** Returns "@ana, @ben", or "@ana, @ben, @cleo and 3 more, all before the edit". */
function names(people: readonly string[], earlier: ReadonlySet<string>): Line {
  const more = people.length - MOST_NAMES;
  const allEarlier = people.length > 1 && people.every((person) => earlier.has(person));
  return [
    ...people
      .slice(0, MOST_NAMES)
      .flatMap(
        (person, i): Line => [
          ...(i === 0 ? [] : [', ']),
          { person },
          ...(earlier.has(person) && !allEarlier ? [' before the edit'] : []),
        ],
      ),
    ...(more > 0 ? [` and ${more} more`] : []),
    ...(allEarlier ? [`, ${people.length === 2 ? 'both' : 'all'} before the edit`] : []),
  ];
}
