// Disagreements that matter: who says what, and what follows from settling them.
import type { Basis, Verdict } from '../../advice/advice.ts';
import type { Disagreement, Dispute, Settlement } from '../../advice/consensus.ts';
import { type Line, lineText } from '../../blocks/rich-text.ts';
import { capitalise, optionName, questionName, verdictName } from '../../blocks/wording.ts';

/** Disagreements listed on the card. Settling one often settles others. */
const MOST_DISAGREEMENTS = 3;
/** People named for each answer. */
const MOST_NAMES = 3;
/** Combinations of answers listed for two questions that only matter together. */
const MOST_WAYS = 2;

/**
 * Returns a line for each disagreement, and for each answer who gave it and the verdict that it leads to. Counts the
 * disagreements that it leaves out.
 *
 * @param verdict the group's verdict while nothing is settled
 * @param earlier people who answered before the asker's answers were edited
 */
export function disagreementLines(
  basis: Basis,
  verdict: Verdict,
  disagreements: readonly Disagreement[],
  earlier: ReadonlySet<string> = new Set(),
): Line[] {
  const shown = disagreements
    .slice(0, MOST_DISAGREEMENTS)
    .map((one) =>
      one.disputes.length === 1
        ? singleDispute(basis, verdict, one, earlier)
        : combinedDisputes(basis, verdict, one, earlier),
    );
  const more = disagreements.length - shown.length;
  return more > 0 ? [...shown, [`and ${more} more`]] : shown;
}

/** Returns the disagreements as mrkdwn, for dialogs. */
export function describeDisagreements(...of: Parameters<typeof disagreementLines>): string[] {
  return disagreementLines(...of).map(lineText);
}

/** Returns "Size: an app that grows (@ana). One simple job (@ben) makes it Flask." */
function singleDispute(
  basis: Basis,
  verdict: Verdict,
  { disputes, settlements }: Disagreement,
  earlier: ReadonlySet<string>,
): Line {
  const verdicts = new Map(
    settlements.flatMap((way) => way.answers.map(({ option }) => [option, way.verdict] as const)),
  );
  return disputes.flatMap(({ trait, said }): Line => {
    const changes = ({ option }: Said): boolean => (verdicts.get(option) ?? verdict) !== verdict;
    const sides = [...said.filter((side) => !changes(side)), ...said.filter(changes)];
    return [
      { bold: `${capitalise(questionName(basis, trait))}:` },
      ...sides.flatMap((side): Line => {
        const option = ` ${capitalise(optionName(basis, trait, side.option))} (`;
        const then = changes(side) ? ` ${makesIt(verdicts.get(side.option) ?? verdict)}` : '';
        return [option, ...names(side.people, earlier), `)${then}.`];
      }),
    ];
  });
}

/** Returns "Size: a (@ana), b (@ben). Shape: c (@ana), d (@ben). A with d makes it Flask." */
function combinedDisputes(
  basis: Basis,
  verdict: Verdict,
  { disputes, settlements }: Disagreement,
  earlier: ReadonlySet<string>,
): Line {
  const telling = settlements.filter((settlement) => settlement.verdict !== verdict).slice(0, MOST_WAYS);
  return [
    ...disputes.flatMap(
      ({ trait, said }, i): Line => [
        ...(i === 0 ? [] : [' ']),
        { bold: `${capitalise(questionName(basis, trait))}:` },
        ...said.flatMap(
          (side, at): Line => [
            `${at === 0 ? '' : ','} ${optionName(basis, trait, side.option)} (`,
            ...names(side.people, earlier),
            ')',
          ],
        ),
        '.',
      ],
    ),
    ...telling.map((way) => ` ${capitalise(describeAnswers(basis, way))} ${makesIt(way.verdict)}.`),
  ];
}

type Said = Dispute['said'][number];

function makesIt(verdict: Verdict): string {
  return verdict === 'undecided' ? 'leaves it open' : `makes it ${verdictName(verdict)}`;
}

/** Returns "@ana, @ben", or "@ana, @ben, @cleo and 3 more". */
function names(people: readonly string[], earlier: ReadonlySet<string>): Line {
  const more = people.length - MOST_NAMES;
  return [
    ...people
      .slice(0, MOST_NAMES)
      .flatMap(
        (person, i): Line => [
          ...(i === 0 ? [] : [', ']),
          { person },
          ...(earlier.has(person) ? [' before the edit'] : []),
        ],
      ),
    ...(more > 0 ? [` and ${more} more`] : []),
  ];
}

function describeAnswers(basis: Basis, { answers }: Settlement): string {
  return answers.map(({ trait, option }) => optionName(basis, trait, option)).join(' with ');
}
