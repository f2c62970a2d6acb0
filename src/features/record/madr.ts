import { CHOICES, type Choice } from '../../decision/ballot.ts';
import type { AdrInput } from './input.ts';
import { heading, join, list, type Markdown, md, visibleLine, yamlText } from './markdown-text.ts';
import { fourDigits, moreOf } from './more.ts';
import { consequencesOf, prosAndCons } from './options.ts';
import { confirmationOf, contextOf, driversOf, nameOf, outcomeOf } from './sections.ts';
import { VERDICT_NAMES } from './wording.ts';

export type { AdrInput } from './input.ts';

const LONGEST_FILE_NAME = 60;
const EXTENSION = '.md';

/** The part of the file's name that never leaves it, so that it says something for every project. */
const OUTCOME_SLUGS: Readonly<Record<Choice, string>> = {
  django: 'django',
  flask: 'flask',
  both: 'django-and-flask',
};

/**
 * The record of a decision as a file for the project's own repository: a Markdown Any Decision Record 4.0
 * (https://adr.github.io/madr/). The same input always gives the same file.
 */
export function adr(input: AdrInput): { readonly fileName: string; readonly text: string } {
  const blocks: Markdown[] = [
    heading(1, `Use ${VERDICT_NAMES[input.outcome]} for ${visibleLine(input.project) || 'this project'}`),
    heading(2, 'Context and Problem Statement'),
    ...contextOf(input),
    heading(2, 'Decision Drivers'),
    ...driversOf(input.advice),
    heading(2, 'Considered Options'),
    ...list(CHOICES.map((choice) => md`${VERDICT_NAMES[choice]}`)),
    heading(2, 'Decision Outcome'),
    ...outcomeOf(input),
    heading(3, 'Consequences'),
    ...consequencesOf(input.advice, input.outcome),
    heading(3, 'Confirmation'),
    ...confirmationOf(input),
    heading(2, 'Pros and Cons of the Options'),
    ...prosAndCons(input.advice, input.votes),
    heading(2, 'More Information'),
    ...moreOf(input),
  ];
  return { fileName: fileNameOf(input), text: `${frontMatterOf(input)}\n${join(blocks, '\n\n').markdown}\n` };
}

/** "0007-django-for-billing-portal.md": ASCII, and at most 60 characters whatever the project is called. */
export function fileNameOf({
  number,
  outcome,
  project,
}: Pick<AdrInput, 'number' | 'outcome' | 'project'>): string {
  const start = `${fourDigits(number)}-${OUTCOME_SLUGS[outcome]}`;
  const named = slug(project);
  const whole = named === '' ? start : `${start}-for-${named}`;
  return whole.slice(0, LONGEST_FILE_NAME - EXTENSION.length).replace(/-+$/, '') + EXTENSION;
}

/** Letters that are no other letter with an accent. */
const SPELLED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** Letters lose their accents; what ASCII has nothing for is left out. */
function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\0-\x7f]/gu, (letter) => SPELLED[letter] ?? ' ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function frontMatterOf(input: AdrInput): string {
  const { answeredBy, date, deciders, informed, supersededBy, votes } = input;
  const status = supersededBy ? `superseded by ADR-${fourDigits(supersededBy.number)}` : 'accepted';
  const consulted = new Set([...answeredBy, ...votes.map((vote) => vote.person)]);
  for (const decider of deciders) consulted.delete(decider);
  const named = (people: Iterable<string>): string[] => [...people].map((person) => nameOf(input, person));
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

function yamlList(key: string, items: readonly string[]): string[] {
  return items.length === 0 ? [`${key}: []`] : [`${key}:`, ...items.map((item) => `  - ${yamlText(item)}`)];
}
