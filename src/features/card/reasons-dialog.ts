// “Show all reasons”: every reason in its long form, with the claims and notes behind it.
import type { ModalView } from '@slack/types';
import type { Advice, AdviceWithBasis, ClaimStatement, Contribution } from '../../advice/advice.ts';
import { addBasis, INTERCEPT } from '../../advice/basis.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { formatMonth } from '../../blocks/dated-notes.ts';
import { VIEWS } from '../../blocks/ids.ts';
import { type Line, type TitledList, titledList, withLead } from '../../blocks/rich-text.ts';
import { isolateText, plain, section } from '../../blocks/text.ts';
import {
  answeredCount,
  capitalise,
  describeAnswer,
  describeChoices,
  describeFlip,
  describePoints,
  FRAMEWORK_NAMES,
  findCase,
  pickFlips,
  pickOpenQuestions,
  questionNames,
  verdictName,
  verdictWithStrength,
} from '../../blocks/wording.ts';
import type { Decision } from '../../decision/decision.ts';
import type { GroupView } from '../../decision/discussion.ts';
import { describeSum } from './points-table.ts';

/** The dialog with all reasons, for the group's advice if `group` isn't null. */
export function reasonsModal(rubric: Rubric, decision: Decision, group: GroupView | null = null): ModalView {
  const advice = addBasis(rubric, group?.advice ?? decision.round.advice);
  const parts = [
    sumPart(advice),
    pointsPart(advice),
    strengthPart(advice),
    changePart(advice),
    { title: `For ${verdictName(advice.verdict)}`, lines: advice.pros.map(argumentLine) },
    { title: `Against ${verdictName(advice.verdict)}`, lines: advice.cons.map(argumentLine) },
    counterPart(advice),
    practicePart(advice),
    notesPart(rubric, advice),
    claimsPart(advice),
    sourcePart(rubric, advice),
  ];
  return {
    type: 'modal',
    callback_id: VIEWS.reasons,
    title: plain('All reasons'),
    close: plain('Close'),
    blocks: [
      {
        type: 'header',
        text: plain(`${isolateText(decision.project)}: ${verdictWithStrength(advice, { leaning: true })}`),
      },
      ...(group === null ? [] : [section(describeGroup(group))]),
      ...parts.filter(({ lines }) => lines.length > 0).map(titledList),
    ],
  };
}

function argumentLine({ text, claims }: ClaimStatement): Line {
  return [`${text}${cite(claims)}`];
}

function describeGroup({ people }: GroupView): string {
  return (
    `${people} people answered. For each question the middle answer counts, without “Not sure”. ` +
    'If the two middle answers differ, the question stays open until people settle it.'
  );
}

function sumPart(advice: AdviceWithBasis): TitledList {
  const { rule } = advice.basis;
  const ruled = rule ? [withLead('A rule decides:', `${rule.reason}${cite(rule.claims)}`)] : [];
  return {
    title: 'How it adds up',
    lines: [
      ...ruled,
      withLead(rule ? 'The points alone:' : 'The sum:', describeSum(advice)),
      withLead('Unanswered:', describeUnanswered(advice)),
    ],
  };
}

/** Describes how far the unanswered questions can still move the points. */
function describeUnanswered({ basis, bounds, contributions, coverage, settled }: AdviceWithBasis): string {
  const answered = answeredCount({ contributions });
  const range = `between ${describeLead(bounds.low)} and ${describeLead(bounds.high)}`;
  if (answered === basis.questions.length) return 'none, so nothing else can move the points.';
  if (answered === 0) return `all. The result can end up ${range}.`;
  const open = basis.questions.length - answered;
  return settled
    ? `${open}. No answer to them can change the verdict.`
    : `${open}, worth ${100 - Math.round(coverage * 100)}% of the weight. The result can end up ${range}.`;
}

/** Returns "Django 11", "Flask 4" or "level". */
function describeLead(margin: number): string {
  if (margin === 0) return 'level';
  return `${FRAMEWORK_NAMES[margin > 0 ? 'django' : 'flask']} ${Math.abs(margin)}`;
}

function pointsPart({ basis, contributions }: AdviceWithBasis): TitledList {
  const isStart = ({ trait }: Contribution): boolean => trait === INTERCEPT;
  const ordered = [...contributions.filter(isStart), ...contributions.filter((c) => !isStart(c))];
  return {
    title: 'Points',
    lines: ordered.map((c) => {
      const name = isStart(c) ? 'Head start' : capitalise(describeAnswer(basis, c));
      return withLead(`${name}, ${describePoints(c)}.`, `${c.reason}${cite(c.claims)}`);
    }),
  };
}

/** Explains the strength, and what the project's starting point did to it. */
function strengthPart({ existing, why }: AdviceWithBasis): TitledList {
  const reasons = why ? [why.strength, ...(why.missing === null ? [] : [why.missing])] : [];
  return {
    title: 'How firm it is',
    lines: [
      ...reasons.map((text): Line => [text]),
      ...(existing ? [withLead('Not from the article:', existing.text)] : []),
    ],
  };
}

function changePart(advice: AdviceWithBasis): TitledList {
  const open = pickOpenQuestions(advice).map((text) => withLead('Unanswered:', text));
  const flips = pickFlips(advice).map((flip): Line => [describeFlip(advice, flip)]);
  return { title: 'What could change it', lines: [...flips, ...open] };
}

function counterPart(advice: AdviceWithBasis): TitledList {
  const { basis, counterArgument, counterCase } = advice;
  const lines: Line[] = [];
  if (counterArgument) {
    lines.push(withLead('Argument:', `${counterArgument.text}${cite(counterArgument.claims)}`));
  }
  const found = findCase(basis, counterCase);
  if (found && counterCase && counterCase.matches.length > 0) {
    const shared = questionNames(basis, counterCase.matches);
    lines.push(withLead(`Case, ${found.title}:`, `${found.story} ${found.lesson} Same ${shared}.`));
  }
  // The case can use both frameworks, so the title names neither.
  return { title: 'Best case for another choice', lines };
}

function practicePart({ basis, practice }: AdviceWithBasis): TitledList {
  const title = 'Similar projects';
  if (!practice) return { title, lines: [] };
  const { nearest, disagrees, lowered } = practice;
  const less = disagrees && lowered ? ' That makes the verdict less certain.' : '';
  return {
    title,
    lines: [
      [`${capitalise(describeChoices(practice))}.${less} A team’s choice isn’t proof that it was right.`],
      ...nearest.map(({ name, year, chose, about, shared, url }) =>
        withLead(
          `${name} chose ${verdictName(chose)} in ${year}.`,
          shared.length > 0 ? `${about} Same ${questionNames(basis, shared)}.` : about,
          ...sourceLinks([{ title: name, url }]),
        ),
      ),
    ],
  };
}

function notesPart({ article }: Rubric, { notes }: Advice): TitledList {
  return {
    title: `What has changed since ${article.published.slice(0, 4)}`,
    lines: notes.map(({ asOf, text, sources }) =>
      withLead(`As of ${formatMonth(asOf)}:`, text, ...sourceLinks(sources)),
    ),
  };
}

/** Returns the claims behind the advice, with the corrections known when the advice was given. */
function claimsPart({ basis }: AdviceWithBasis): TitledList {
  return {
    title: 'What the article says, in our words',
    lines: basis.claims.map(({ id, section: place, text, since }) =>
      withLead(
        `${id}, ${place}:`,
        text,
        ...since.map((note) => ({ italic: ` As of ${formatMonth(note.asOf)}: ${note.text}` })),
      ),
    ),
  };
}

function sourcePart({ article }: Rubric, { rubricVersion }: Advice): TitledList {
  return {
    title: 'Source',
    lines: [
      [
        `One article by ${article.publisher}, ${article.published.slice(0, 4)}. `,
        `Rubric ${rubricVersion}. No language model.`,
        ...sourceLinks([article]),
      ],
    ],
  };
}

/** Returns " Source: …; …", or nothing without links. */
function sourceLinks(links: readonly { readonly title: string; readonly url: string }[]): Line {
  return links.flatMap(({ title, url }, i) => [i === 0 ? ' Source: ' : '; ', { url, text: title }]);
}

/** Returns the ids of claims after a reason: " [C06, C56]". */
function cite(claims: readonly string[]): string {
  return claims.length === 0 ? '' : ` [${claims.join(', ')}]`;
}
