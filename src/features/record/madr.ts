// The record of a decision as a Markdown document, top to bottom, and the parts of "More Information".
import type { AdviceWithBasis, Flip } from '../../advice/advice.ts';
import type { Disagreement } from '../../advice/consensus.ts';
import { formatCount } from '../../blocks/text.ts';
import { optionName, questionName, questionNames, verdictName } from '../../blocks/wording.ts';
import { CHOICES } from '../../decision/ballot.ts';
import { type AdrInput, displayNameOf, fileNameOf, formatRecordNumber, type RecordLink } from './input.ts';
import {
  confirmationSection,
  consequencesSection,
  contextSection,
  driversSection,
  outcomeSection,
  prosAndConsSection,
} from './madr-sections.ts';
import {
  bulletList,
  fileLink,
  formatList,
  joinMarkdown,
  type Markdown,
  markdownHeading,
  markdownLink,
  md,
  toVisibleLine,
  yamlList,
  yamlText,
} from './markdown.ts';

const MOST_FLIPS = 8;

/**
 * Renders a record as a file for the project's repository, in the format Markdown Any Decision Record 4.0
 * (https://adr.github.io/madr/). Equal input gives an equal file.
 */
export function renderAdr(input: AdrInput): { readonly fileName: string; readonly text: string } {
  const project = toVisibleLine(input.project) || 'this project';
  const blocks: Markdown[] = [
    markdownHeading(1, `Use ${verdictName(input.outcome)} for ${project}`),
    markdownHeading(2, 'Context and Problem Statement'),
    ...contextSection(input),
    markdownHeading(2, 'Decision Drivers'),
    ...driversSection(input.advice),
    markdownHeading(2, 'Considered Options'),
    ...bulletList(CHOICES.map((choice) => md`${verdictName(choice)}`)),
    markdownHeading(2, 'Decision Outcome'),
    ...outcomeSection(input),
    markdownHeading(3, 'Consequences'),
    ...consequencesSection(input.advice, input.outcome),
    markdownHeading(3, 'Confirmation'),
    ...confirmationSection(input),
    markdownHeading(2, 'Pros and Cons of the Options'),
    ...prosAndConsSection(input.advice, input.votes),
    markdownHeading(2, 'More Information'),
    ...linksOf(input),
    ...subsection('Votes and dissent', votesOf(input)),
    ...subsection('When to revisit', conditionsOf(input)),
    ...subsection('Similar projects', [...casesOf(input.advice), ...practiceOf(input.advice)]),
    ...subsection('Where time has overtaken the article', notesOf(input.advice)),
    ...subsection('Sources', sourcesOf(input)),
  ];
  return {
    fileName: fileNameOf(input),
    text: `${frontMatterOf(input)}\n${joinMarkdown(blocks, '\n\n').markdown}\n`,
  };
}

function subsection(title: string, content: readonly Markdown[]): Markdown[] {
  return content.length === 0 ? [] : [markdownHeading(3, title), ...content];
}

function frontMatterOf(input: AdrInput): string {
  const { answeredBy, date, deciders, informed, supersededBy, votes } = input;
  const status = supersededBy ? `superseded by ADR-${formatRecordNumber(supersededBy.number)}` : 'accepted';
  const participants = new Set([...answeredBy, ...votes.map(({ person }) => person)]);
  const consulted = participants.difference(new Set(deciders));
  const named = (people: Iterable<string>): string[] =>
    [...people].map((person) => displayNameOf(input, person));
  return [
    '---',
    `status: ${yamlText(status)}`,
    `date: ${date}`,
    ...yamlList('decision-makers', named(deciders)),
    ...yamlList('consulted', named(consulted)),
    ...yamlList('informed', informed),
    '---',
    '',
  ].join('\n');
}

function linksOf({ permalink, supersededBy, supersedes }: AdrInput): Markdown[] {
  const card = permalink && markdownLink('the card and its thread', permalink);
  return [
    ...(card ? [md`The discussion is in Slack: ${card}.`] : []),
    ...(supersededBy ? [md`Superseded by ${recordLink(supersededBy)}.`] : []),
    ...(supersedes ? [md`Supersedes ${recordLink(supersedes)}.`] : []),
  ];
}

/** Links to a record's card, and to its file, which must be in the same folder. */
function recordLink({ number, fileName, permalink }: RecordLink): Markdown {
  const file = fileLink(`ADR-${formatRecordNumber(number)}`, fileName);
  return permalink === null ? file : md`${file} (${markdownLink('its card in Slack', permalink)})`;
}

function votesOf(input: AdrInput): Markdown[] {
  const { disagreements, outcome, votes } = input;
  const voteLine = ({ person, choice, reason, beforeEdit }: (typeof votes)[number]): Markdown => {
    const before = beforeEdit ? ', before the answers were edited' : '';
    const vote = `${displayNameOf(input, person)}, for ${verdictName(choice)}${before}`;
    return toVisibleLine(reason ?? '') === '' ? md`${vote}` : md`${vote}: “${reason ?? ''}”`;
  };
  const side = (what: string, agrees: boolean): Markdown[] => {
    const some = votes.filter(({ choice }) => (choice === outcome) === agrees);
    if (some.length === 0) return [];
    return [md`${formatCount(some.length, 'vote')} for ${what}:`, ...bulletList(some.map(voteLine))];
  };
  const disputes = bulletList(disagreements.map((one) => disputeOf(input, one)));
  return [
    ...(votes.length === 0 ? [md`Nobody voted.`] : []),
    ...side('the decision', true),
    ...side('something else', false),
    ...(disputes.length === 0 ? [] : [md`Where answers differed and it mattered:`, ...disputes]),
  ];
}

function disputeOf(input: AdrInput, { disputes, settlements }: Disagreement): Markdown {
  const { basis } = input.advice;
  const answer = (trait: string, option: string): string => `“${optionName(basis, trait, option)}”`;
  const differences = disputes.map(({ trait, said: sides }) => {
    const each = sides.map(({ option, people }) => {
      const who = formatList(people.map((person) => displayNameOf(input, person)));
      return `${answer(trait, option)} (${who})`;
    });
    return `${questionName(basis, trait)}: ${each.join(', ')}`;
  });
  const ways = settlements.map(({ answers, verdict }) => {
    const settled = answers.map(({ trait, option }) => answer(trait, option));
    return `${settled.join(' with ')} leads to: ${verdictName(verdict)}`;
  });
  return md`${differences.join('; ')}. ${ways.join('; ')}.`;
}

function conditionsOf({ advice, outcome, revisit }: AdrInput): Markdown[] {
  const { basis, verdict } = advice;
  const day = revisit === null ? [] : [md`On ${revisit}, or earlier when a condition below comes true.`];
  const flips = mainFlips(advice);
  const flipList = (some: readonly Flip[]): Markdown[] =>
    bulletList(
      some.map(({ changes, verdict: changed }) => {
        const condition = changes.map(
          ({ trait, to }) => `${questionName(basis, trait)} becomes “${optionName(basis, trait, to)}”`,
        );
        return md`${condition.join(' and ')}: ${verdictName(changed)}`;
      }),
    );
  if (verdict === outcome) {
    return flips.length === 0
      ? [...day, md`No one or two changed answers would change the advice that was followed.`]
      : [
          ...day,
          md`The advice that was followed would change when one of these comes true:`,
          ...flipList(flips),
        ];
  }
  // The decision differs from the advice, so a change toward the decision confirms it.
  const toward = flips.filter((flip) => flip.verdict === outcome);
  const away = flips.filter((flip) => flip.verdict !== outcome);
  return [
    ...day,
    toward.length === 0
      ? md`No one or two changed answers would bring the advice round to this decision.`
      : md`The advice would come round to this decision when one of these comes true. If none has by then, the decision still rests on its own reasons:`,
    ...flipList(toward),
    ...(away.length === 0
      ? []
      : [md`It would point elsewhere when one of these comes true:`, ...flipList(away)]),
  ];
}

/** Returns the flips to a clear verdict if there are any, otherwise all. Each set of changes appears once. */
function mainFlips({ flips, clearFlips }: AdviceWithBasis): Flip[] {
  const clear = [...flips, ...clearFlips].filter((flip) => flip.verdict !== 'undecided');
  const keyOf = ({ changes, verdict }: Flip): string =>
    [verdict, ...changes.map(({ trait, to }) => `${trait} ${to}`)].join();
  const unique = new Map((clear.length > 0 ? clear : flips).map((flip) => [keyOf(flip), flip]));
  return [...unique.values()].slice(0, MOST_FLIPS);
}

/** Renders the article's cases that resemble this project, for and against the advice. */
function casesOf({ basis, caseStudy, counterCase }: AdviceWithBasis): Markdown[] {
  const cases = [caseStudy, counterCase].flatMap((match) => {
    const found = basis.cases.find(({ id }) => id === match?.id);
    if (!match || !found || match.matches.length === 0) return [];
    return [
      md`${found.title}: ${found.story} ${found.lesson} In common: ${questionNames(basis, match.matches)}.`,
    ];
  });
  return cases.length === 0 ? [] : [md`From the article:`, ...bulletList(cases)];
}

function practiceOf({ basis, practice }: AdviceWithBasis): Markdown[] {
  if (!practice) return [];
  const { chose, disagrees, lowered, nearest } = practice;
  const counts = CHOICES.filter((choice) => chose[choice] > 0).map(
    (choice) => `${chose[choice]} chose ${verdictName(choice)}`,
  );
  const weaker = lowered ? ', which is given with less confidence for it' : '';
  const lines = [
    `Of the ${nearest.length} most similar documented projects, ${formatList(counts)}.`,
    ...(disagrees ? [`That differs from the advice${weaker}.`] : []),
    'What a team chose is not what was right for it.',
  ];
  return [
    md`${lines.join(' ')}`,
    ...bulletList(
      nearest.map(({ name, url, chose: choice, year, about, shared }) => {
        const story = shared.length === 0 ? about : `${about} In common: ${questionNames(basis, shared)}.`;
        return md`${markdownLink(name, url)} (${verdictName(choice)}, ${year}): ${story}`;
      }),
    ),
  ];
}

function notesOf({ notes }: AdviceWithBasis): Markdown[] {
  return bulletList(
    notes.map(({ asOf, sources, text }) => {
      const links = sources.map(({ title, url }) => markdownLink(title, url));
      return md`As of ${asOf}: ${text}${sources.length > 0 ? md` (${joinMarkdown(links, '; ')})` : md``}`;
    }),
  );
}

function sourcesOf({ advice, article }: AdrInput): Markdown[] {
  const claims = advice.basis.claims.map(({ id, section, since, text }) => {
    const later = since.map((note) => `As of ${note.asOf}: ${note.text}`);
    return md`${id}, ${section}: ${[text, ...later].join(' ')}`;
  });
  return [
    md`The advice follows ${markdownLink(article.title, article.url)} by ${article.publisher} (${article.published}), point by point, and uses no language model. Rubric version ${advice.rubricVersion}. What the article says, in other words:`,
    ...bulletList(claims),
  ];
}
