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
/** Words on the card, without names. The whole card has at most 150. */
const MOST_WORDS = 40;

/**
 * Returns the lines for the card: as many disagreements as it has room for, at least one, and the number of the others.
 * Two questions that need too many words are reduced to one combination of answers that changes the verdict.
 */
export function shortDisagreementLines(
  ...[basis, verdict, disagreements, earlier = new Set()]: Wanted
): Line[] {
  const shown: Line[] = [];
  let words = 0;
  for (const one of disagreements.slice(0, MOST_DISAGREEMENTS)) {
    const [full] = disagreementLines(basis, verdict, [one], earlier);
    const fits = full !== undefined && words + countWords(full) <= MOST_WORDS;
    const line = fits || one.disputes.length === 1 ? full : decidingAnswers(basis, verdict, one, earlier);
    if (!line || (shown.length > 0 && words + countWords(line) > MOST_WORDS)) break;
    words += countWords(line);
    shown.push(line);
  }
  return withRest(shown, disagreements.length);
}

type Wanted = Parameters<typeof disagreementLines>;

function withRest(shown: Line[], all: number): Line[] {
  const more = all - shown.length;
  return more > 0 ? [...shown, [`and ${more} more`]] : shown;
}

/** Counts words, without names. */
function countWords(line: Line): number {
  const own = line.map((span) => (typeof span === 'string' ? span : 'bold' in span ? span.bold : ''));
  return own
    .join(' ')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/**
 * Returns a line for each disagreement, and for each answer who gave it and the verdict that it leads to. Counts the
 * disagreements that it leaves out.
 *
 * @param verdict the group's verdict while nothing is settled
 * @param earlier people who answered before the asker's answers were edited
 */
function disagreementLines(
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
  return withRest(shown, disagreements.length);
}

/** Returns the disagreements as mrkdwn, for dialogs. */
export function describeDisagreements(...of: Wanted): string[] {
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

/** Returns "Size and shape: A (@ana) with d (@ben) makes it Flask." */
function decidingAnswers(
  basis: Basis,
  verdict: Verdict,
  { disputes, settlements }: Disagreement,
  earlier: ReadonlySet<string>,
): Line | undefined {
  const way = settlements.find((settlement) => settlement.verdict !== verdict);
  if (!way) return undefined;
  const questions = disputes.map(({ trait }) => questionName(basis, trait)).join(' and ');
  return [
    { bold: `${capitalise(questions)}:` },
    ...way.answers.flatMap(({ trait, option }, i): Line => {
      const said = disputes.find((dispute) => dispute.trait === trait)?.said;
      const people = said?.find((side) => side.option === option)?.people ?? [];
      const answer = optionName(basis, trait, option);
      return [i === 0 ? ` ${capitalise(answer)} (` : ` with ${answer} (`, ...names(people, earlier), ')'];
    }),
    ` ${makesIt(way.verdict)}.`,
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
