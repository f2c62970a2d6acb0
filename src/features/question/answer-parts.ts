// The parts of an answer: one sentence first, then claims, corrections, facts and projects.
import type { AdviceWithBasis } from '../../advice/advice.ts';
import { addBasis, INTERCEPT } from '../../advice/basis.ts';
import { contradicts, type Fact, type Note, type Project, type Rubric } from '../../advice/rubric/schema.ts';
import type { Citation, ClaimSide, KindAdvice, RubricAnswer } from '../../advice/search/answer.ts';
import { isCurrent } from '../../advice/search/citations.ts';
import { datedLine, formatMonth, shortenNote } from '../../blocks/dated-notes.ts';
import { escapeMrkdwn, quoteText } from '../../blocks/text.ts';
import {
  describeChoices,
  describeFlip,
  optionName,
  pickFlips,
  verdictName,
  verdictWithStrength,
} from '../../blocks/wording.ts';
import { type Discussion, visibleAdvice } from '../../decision/discussion.ts';

/** Corrections in an answer. */
const MOST_NOTES = 2;
/** Answers and similar projects in the advice on a kind of project. */
const MOST_ASSUMED = 4;
const MOST_SIMILAR = 2;
/** Reasons of a card's advice. Together they have at most three citations. */
const MOST_REASONS = { pros: 2, cons: 1 };

type KnownAnswer = Extract<RubricAnswer, { kind: 'answer' }>;

/** An answer in parts. */
export interface AnswerParts {
  /** Answers the question in one sentence of mrkdwn. */
  readonly head: string;
  readonly lines: readonly AnswerLine[];
  readonly citations: readonly Citation[];
  readonly notes: readonly Note[];
  /** Other sources than the claims and notes. */
  readonly links: readonly SourceLink[];
}

interface SourceLink {
  readonly title: string;
  readonly url: string;
}

interface AnswerLine {
  /** Shown in bold before the text. */
  readonly lead: string;
  readonly text: string;
}

const SIDE_LEADS: Readonly<Record<ClaimSide, string>> = {
  django: 'For Django:',
  flask: 'For Flask:',
  both: 'For both:',
  neutral: 'Either way:',
};

/**
 * Arranges an answer: the best claim or the named project answers the question, the rest follows.
 *
 * @param most citations and projects at most
 * @param firstNumber number of the first citation in the reply
 */
export function partsOf(
  rubric: Rubric,
  { question, answer }: { readonly question: string; readonly answer: KnownAnswer },
  most: number,
  firstNumber: number,
): AnswerParts {
  const { caseStudy, facts, silent } = answer;
  const projects = answer.projects.slice(0, most - facts.length);
  const citations = pickCitations(rubric, answer)
    .slice(0, most - projects.length - facts.length)
    .map((citation, i) => ({ ...citation, number: firstNumber + i }));
  if (answer.advised) return adviceParts(rubric, answer.advised, citations);
  const notes = citations.flatMap((citation) => citation.notes).slice(0, MOST_NOTES);
  const [best] = citations;
  if (facts.length > 0 && (!best || facts.some((fact) => fact.claims.includes(best.claim.id)))) {
    return factParts(rubric, facts, citations);
  }
  const [project] = projects;
  const isAboutProject = project !== undefined && (!best || isNamed(question, project.name));
  const correction = best?.notes.find((note) => notes.includes(note) && contradicts(note));
  const lead = isAboutProject ? describeChoice(project) : best ? leadOf(best, correction) : '';
  const about = projects.map((one) => ({
    lead: isAboutProject && one === project ? 'About it:' : describeChoice(one),
    text: describeProject(one),
  }));
  const claims = citations.flatMap((citation) =>
    citationLines(rubric, citation, notes, !isAboutProject && citation === best),
  );
  const lines = [...(isAboutProject ? [...about, ...claims] : [...claims, ...about]), ...facts.map(factLine)];
  if (caseStudy && citations.length + projects.length < most) {
    lines.push({ lead: `Case, ${caseStudy.title}:`, text: caseStudy.lesson });
  }
  // A correction may speak for the framework without claims.
  if (silent && !isAboutProject && !correction) {
    lines.push({ lead: SIDE_LEADS[silent], text: 'I don’t have anything on that.' });
  }
  return {
    head: escapeMrkdwn(lead),
    lines,
    citations,
    notes,
    links: [...projects.map(projectLink), ...factLinks(facts)],
  };
}

/** Starts with the first sentence of the first fact, and marks every fact as not from the article. */
function factParts(rubric: Rubric, facts: readonly Fact[], citations: readonly Citation[]): AnswerParts {
  const [first, ...others] = facts;
  const [lead = '', rest = ''] = first?.text.split(/(?<=[.?])\s/) ?? [];
  const marked = first ? [{ ...factLine(first), text: rest }] : [];
  const claims = citations.flatMap((citation) => citationLines(rubric, citation, [], false));
  return {
    head: escapeMrkdwn(lead),
    lines: [...marked, ...claims, ...others.map(factLine)],
    citations,
    notes: [],
    links: factLinks(facts),
  };
}

function factLine({ as_of, text }: Fact): AnswerLine {
  return { lead: `Not from the article, as of ${formatMonth(as_of)}:`, text };
}

function factLinks(facts: readonly Fact[]): SourceLink[] {
  return facts.flatMap(({ sources }) => sources);
}

function projectLink({ name, url }: Pick<Project, 'name' | 'url'>): SourceLink {
  return { title: name, url };
}

/** Gives the reasons of the card's advice. */
export function cardParts(rubric: Rubric, discussion: Discussion, firstNumber: number): AnswerParts {
  const advice = addBasis(rubric, visibleAdvice(discussion));
  const { basis } = advice;
  const citations: Citation[] = [];
  const cited = ({ text, claims }: AdviceWithBasis['pros'][number]): string => {
    const claim = claims.flatMap((id) => rubric.claims.get(id) ?? [])[0];
    if (!claim) return text;
    citations.push({ number: firstNumber + citations.length, claim, notes: [] });
    return `${text} [${citations.at(-1)?.number}]`;
  };
  const rule = basis.rule ? [{ text: basis.rule.reason, claims: [...basis.rule.claims] }] : [];
  const pros = [...rule, ...advice.pros].slice(0, MOST_REASONS.pros);
  const cons = [...advice.cons, ...(advice.counterArgument ? [advice.counterArgument] : [])];
  const [flip] = pickFlips(advice);
  const [best, ...others] = pros.map(cited);
  const name = quoteText(discussion.decision.project);
  return {
    head: `*${name}* (${describeState(discussion, advice)})${best === undefined ? '' : `: ${escapeMrkdwn(best)}`}`,
    lines: [
      ...others.map((text) => ({ lead: 'For it:', text })),
      ...cons.slice(0, MOST_REASONS.cons).map((con) => ({ lead: 'Against it:', text: cited(con) })),
      ...(flip ? [{ lead: 'What would change it:', text: describeFlip(advice, flip) }] : []),
    ],
    citations,
    notes: [],
    links: [],
  };
}

/** Gives the advice on a typical project of its kind, what it assumes, and the most similar documented projects. */
function adviceParts(
  rubric: Rubric,
  { kind, advice }: KindAdvice,
  citations: readonly Citation[],
): AnswerParts {
  const { basis, contributions, practice, strength, thirdWay, verdict } = advice;
  const [best, ...others] = citations;
  const choice =
    verdict === 'undecided' || strength === 'toss-up'
      ? 'it’s too close to call'
      : verdictWithStrength(advice);
  const assumed = contributions
    .filter(({ trait }) => trait !== INTERCEPT)
    .slice(0, MOST_ASSUMED)
    .map(({ trait, option }) => optionName(basis, trait, option));
  const similar = (practice?.nearest ?? []).slice(0, MOST_SIMILAR);
  const lines = [
    ...others.flatMap((citation) => citationLines(rubric, citation, [], false)),
    ...(practice
      ? [
          {
            lead: 'In practice:',
            text: `${describeChoices(practice, 'similar projects')}. The most similar: ${similar.map(({ name }) => name).join(' and ')}.`,
          },
        ]
      : []),
    ...(thirdWay ? [datedLine(thirdWay.asOf, thirdWay.text)] : []),
    { lead: 'This assumes:', text: `${assumed.join(', ')}. If yours differs, ask for its own advice.` },
  ];
  const sources = thirdWay?.sources.slice(0, 1) ?? [];
  return {
    head: escapeMrkdwn(`For ${kind.name}, ${choice}${best ? `: ${best.claim.text} [${best.number}]` : '.'}`),
    lines,
    citations,
    notes: [],
    links: [
      ...similar.map(projectLink),
      ...sources.map(({ title, url }) => ({ title: shortTitle(title), url })),
    ],
  };
}

/**
 * Returns the best citation, then the best one for the other framework, then the rest. Only the best may be outdated:
 * the answer then starts with its correction.
 */
function pickCitations(rubric: Rubric, { sides }: KnownAnswer): Citation[] {
  const best = sides[0]?.citations[0];
  const current = sides.map(({ side, citations }) => ({
    side,
    citations: citations.filter(({ claim }) => isCurrent(rubric, claim.id)),
  }));
  const opposite = current.slice(1).find(({ side }) => side === 'django' || side === 'flask');
  const ordered = [best, opposite?.citations[0], ...current.flatMap(({ citations }) => citations)];
  return [...new Set(ordered.filter((citation) => citation !== undefined))];
}

function isNamed(question: string, name: string): boolean {
  return question.toLowerCase().includes(name.toLowerCase());
}

/** Returns the claim, or the correction if the claim no longer holds. */
function leadOf({ number, claim }: Citation, correction: Note | undefined): string {
  return correction ? shortenNote(correction.text) : `${claim.text} [${number}]`;
}

/** Returns the claim, unless it is the lead, and its corrections. */
function citationLines(
  { article }: Rubric,
  { number, claim, notes }: Citation,
  shown: readonly Note[],
  isLead: boolean,
): AnswerLine[] {
  const current = notes.filter((note) => shown.includes(note));
  const since = current.filter((note) => !contradicts(note)).map((note) => datedLine(note.as_of, note.text));
  const text = `${claim.text} [${number}]`;
  if (since.length < current.length) {
    return [{ lead: `In ${article.published.slice(0, 4)} the article said:`, text }, ...since];
  }
  return isLead ? since : [{ lead: SIDE_LEADS[claim.direction], text }, ...since];
}

function describeChoice({ name, chose, year }: Project): string {
  return `${name} chose ${verdictName(chose)} in ${year}.`;
}

function describeProject({ about, remark }: Project): string {
  return [about, remark].filter((text) => text !== undefined).join(' ');
}

/** Returns a title up to its first colon, comma or bracket. */
export function shortTitle(title: string): string {
  return title.split(/[:;,(]/, 1)[0]?.trim() || title;
}

/** Returns the decision's outcome, or the advice while the decision is open. */
export function describeState({ decision, record }: Discussion, advice: AdviceWithBasis): string {
  return record !== null && decision.status !== 'open'
    ? `decided: ${verdictName(record.outcome)}`
    : verdictWithStrength(advice);
}
