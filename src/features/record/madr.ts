// The record of a decision as a Markdown document, top to bottom, and "More Information".

import type { Flip } from '../../advice/advice.ts';
import { formatCount, truncate } from '../../blocks/text.ts';
import { describeFlip, findCase, pickFlips, verdictName } from '../../blocks/wording.ts';
import { CHOICES, type Choice, tally } from '../../decision/ballot.ts';
import { type AdrInput, displayNameOf, fileNameOf, formatRecordNumber, type RecordLink } from './input.ts';
import { consequencesSection, OPTION_NAMES, prosAndConsSection } from './madr-arguments.ts';
import {
  confirmationSection,
  contextSection,
  driversSection,
  listedDisputes,
  outcomeSection,
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

/** Most flips listed if people disagree, because settling a dispute also changes the advice. */
const MOST_FLIPS_AMONG_DISPUTES = 2;
/** Longest quoted reason for a vote, in characters. */
const LONGEST_QUOTED_REASON = 100;

/**
 * Renders a record as a file for the project's repository: a Markdown Any Decision Record 4.0
 * (https://adr.github.io/madr/) of at most 450 words, not counting typed text and names. Equal input gives an equal
 * file.
 */
export function renderAdr(input: AdrInput): { readonly fileName: string; readonly text: string } {
  const { advice, outcome } = input;
  const blocks: Markdown[] = [
    titleOf(input),
    statusList(input),
    markdownHeading(2, 'Context and Problem Statement'),
    ...contextSection(input),
    ...section(2, 'Decision Drivers', driversSection(input)),
    ...section(2, 'Considered Options', bulletList(CHOICES.map((choice) => md`${OPTION_NAMES[choice]}`))),
    ...section(2, 'Decision Outcome', outcomeSection(input)),
    ...section(3, 'Consequences', consequencesSection(advice, outcome)),
    ...section(3, 'Confirmation', confirmationSection(input)),
    ...section(2, 'Pros and Cons of the Options', prosAndConsSection(advice, outcome)),
    ...section(2, 'More Information', moreInformation(input)),
    ...section(3, 'Votes', votesOf(input)),
    ...section(3, 'What Would Change the Advice', flipsOf(input)),
  ];
  return {
    fileName: fileNameOf(input),
    text: `${frontMatterOf(input)}\n${joinMarkdown(blocks, '\n\n').markdown}\n`,
  };
}

function section(level: 2 | 3, title: string, content: readonly Markdown[]): Markdown[] {
  return content.length === 0 ? [] : [markdownHeading(level, title), ...content];
}

/** markdownlint refuses punctuation at the end of a heading, so a name that has some is quoted. */
function titleOf({ outcome, project }: AdrInput): Markdown {
  const name = toVisibleLine(project) || 'this project';
  const shown = /\p{P}$/u.test(name) ? `“${name}”` : name;
  return markdownHeading(1, `Use ${OPTION_NAMES[outcome]} for ${shown}`);
}

/**
 * Repeats status and date below the title, because log4brains doesn't read front matter. It finds the successor by its
 * file name without the extension, which must be the text of the link.
 */
function statusList({ date, supersededBy }: AdrInput): Markdown {
  const successor = supersededBy?.fileName.replace(/\.md$/, '');
  const status = supersededBy
    ? md`superseded by ${fileLink(successor ?? '', supersededBy.fileName)}`
    : md`accepted`;
  return joinMarkdown(bulletList([md`Status: ${status}`, md`Date: ${date}`]), '\n');
}

/**
 * The empty line at the end keeps readers that know no front matter, such as log4brains, from taking it for a heading.
 */
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
    yamlList('decision-makers', named(deciders)),
    yamlList('consulted', named(consulted)),
    yamlList('informed', informed),
    '',
    '---',
    '',
  ].join('\n');
}

/** Links the card, related records and the article, and names similar projects and a case. */
function moreInformation(input: AdrInput): Markdown[] {
  const { advice, article, permalink, supersededBy, supersedes } = input;
  const { practice } = advice;
  const card =
    permalink === null
      ? md`The card in Slack has the discussion and every reason.`
      : md`${markdownLink('The card in Slack', permalink)} has the discussion and every reason.`;
  const chose = CHOICES.filter((choice) => (practice?.chose[choice] ?? 0) > 0).map(
    (choice) => `${verdictName(choice)} (${practice?.chose[choice]})`,
  );
  const study = advice.caseStudy?.matches.length ? findCase(advice.basis, advice.caseStudy) : null;
  return [
    card,
    ...bulletList([
      ...(supersededBy ? [md`Superseded by ${recordLink(supersededBy)}.`] : []),
      ...(supersedes ? [md`Supersedes ${recordLink(supersedes)}.`] : []),
      ...(chose.length > 0 ? [md`Similar projects chose ${formatList(chose)}.`] : []),
      ...(advice.thirdWay ? [md`${advice.thirdWay.text} (as of ${advice.thirdWay.asOf})`] : []),
      ...(advice.existing && advice.existing.effect !== 'none'
        ? [md`Not from the article: ${advice.existing.text}`]
        : []),
      ...(study ? [md`Similar case: ${study.bullet ?? study.title}`] : []),
      md`Source: ${markdownLink(article.title, article.url)}, ${article.publisher}, ${article.published}. Rubric version ${advice.rubricVersion}.`,
    ]),
  ];
}

/** Links to a record's file, which must be in the same folder, and to its card. */
function recordLink({ number, fileName, permalink }: RecordLink): Markdown {
  const file = fileLink(`ADR-${formatRecordNumber(number)}`, fileName);
  return permalink === null ? file : md`${file} (${markdownLink('its card in Slack', permalink)})`;
}

/** Lists the votes of each choice. The number of votes doesn't change the number of words. */
function votesOf(input: AdrInput): Markdown[] {
  const { votes } = input;
  const { counts } = tally(votes);
  const voterOf = ({ person, reason }: (typeof votes)[number]): string => {
    const quoted = toVisibleLine(reason ?? '');
    const name = displayNameOf(input, person);
    return quoted === '' ? name : `${name} (“${truncate(quoted, LONGEST_QUOTED_REASON)}”)`;
  };
  const votersOf = (choice: Choice): string =>
    formatList(votes.filter((vote) => vote.choice === choice).map(voterOf));
  const voted = CHOICES.filter((choice) => counts[choice] > 0);
  const earlier = votes
    .filter(({ beforeEdit }) => beforeEdit)
    .map(({ person }) => displayNameOf(input, person));
  return [
    ...bulletList(
      voted.map(
        (choice) => md`${OPTION_NAMES[choice]}, ${formatCount(counts[choice], 'vote')}: ${votersOf(choice)}`,
      ),
    ),
    ...(earlier.length === 0 ? [] : [md`Voted before the answers were edited: ${formatList(earlier)}.`]),
  ];
}

/** Lists flips. Leaves out answers that the drivers already name as not agreed. */
function flipsOf(input: AdrInput): Markdown[] {
  const { advice } = input;
  const disputed = listedDisputes(input);
  const isDisputed = ({ trait, to }: Flip['changes'][number]): boolean =>
    disputed.some((one) => one.trait === trait && one.said.some(({ option }) => option === to));
  const flips = pickFlips(advice).filter(({ changes }) => !changes.every(isDisputed));
  const shown = disputed.length > 0 ? flips.slice(0, MOST_FLIPS_AMONG_DISPUTES) : flips;
  if (shown.length > 0) return bulletList(shown.map((flip) => md`${describeFlip(advice, flip)}`));
  return [disputed.length > 0 ? md`Settling what is not agreed.` : md`No single answer would change it.`];
}
