import type { KnownBlock } from '@slack/types';
import type { Advice, Contribution, FoundedAdvice } from '../../advice/advice.ts';
import { founded, INTERCEPT } from '../../advice/basis.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { ACTIONS, CARD_MENU } from '../../blocks/ids.ts';
import { type Message, MOST_TEXT } from '../../blocks/message.ts';
import { encodeDecisionBlock } from '../../blocks/metadata.ts';
import { askedBy, decidersInWords } from '../../blocks/people.ts';
import {
  bullets,
  clamp,
  isolated,
  mention,
  mrkdwn,
  plain,
  quoted,
  section,
  textLength,
} from '../../blocks/text.ts';
import {
  answeredCount,
  answerName,
  caseOf,
  FRAMEWORK_NAMES,
  flipInWords,
  namesOf,
  pointsFor,
  sentence,
  tellingFlips,
  tellingQuestions,
  verdictName,
  verdictWithStrength,
} from '../../blocks/wording.ts';
import {
  answeredBeforeEdit,
  type Discussion,
  type GroupView,
  isHidden,
  shownAdvice,
  shownGroup,
} from '../../decision/discussion.ts';
import { answerButtons } from '../answers/add-dialog.ts';
import { disagreementsInWords } from '../answers/disagreements.ts';
import { changes } from '../answers/edit-dialog.ts';
import { recordCard, relatedInWords } from '../decide/message.ts';
import { moment } from '../vote/deadline-message.ts';
import { ballotFor, voteButtons, votesInWords } from '../vote/message.ts';
import { practiceInWords } from './practice.ts';

const MOST_REASONS = 3;
const DISAGREEMENTS = 'Disagreements that could change the answer';

/** The parts of the card in words, each made once for the blocks and for the text that is read aloud. */
interface Parts {
  readonly headline: string;
  /** Who answered how much. */
  readonly answered: string;
  /** What others' answers have to do with the headline, where there are some. */
  readonly others: string | null;
  readonly why: readonly string[];
  readonly disagreements: readonly string[];
  readonly prosTitle: string;
  readonly pros: readonly string[];
  readonly consTitle: string;
  readonly cons: readonly string[];
  readonly boundary: readonly { readonly title: string; readonly lines: readonly string[] }[];
  readonly caseStudy: string | null;
  readonly practice: string | null;
  readonly change: { readonly title: string; readonly lines: readonly string[] };
  readonly votes: readonly string[];
  /** What is otherwise than in the decision that this is to replace. */
  readonly since: { readonly title: string; readonly lines: readonly string[] } | null;
  readonly note: string | null;
  /** Where it is explained to the last point. */
  readonly reasoning: string;
}

/**
 * The recommendation card: the one message of a decision, always rendered whole from what the database
 * holds.
 *
 * @param rubric knows where the article stands today; what is said about the advice comes from the advice
 */
export function card(rubric: Rubric, discussion: Discussion): Message {
  const { decision, record } = discussion;
  if (record !== null && decision.status !== 'open') return recordCard(discussion, record);
  const group = shownGroup(discussion);
  const advice = founded(rubric, shownAdvice(discussion));
  const parts = partsOf(advice, group, discussion);
  return { text: cardText(discussion, parts), blocks: cardBlocks(rubric, discussion, parts) };
}

function partsOf(advice: FoundedAdvice, group: GroupView | null, discussion: Discussion): Parts {
  const { basis, verdict } = advice;
  const edited = discussion.decision.round.number > 1 ? ', edited since' : '';
  return {
    headline: verdictWithStrength(advice),
    answered: `${answeredInWords(advice, group, discussion)}${edited}`,
    others: othersInWords(advice, discussion),
    why: reasons(advice, group !== null),
    disagreements: group
      ? disagreementsInWords(basis, verdict, group.disagreements, answeredBeforeEdit(discussion))
      : [],
    prosTitle: `For ${verdictName(verdict)}`,
    pros: advice.pros.map((p) => p.text),
    consTitle: consTitle(advice),
    cons: consOf(advice),
    boundary: boundaryParts(advice),
    caseStudy: caseInWords(advice),
    practice: practiceInWords(advice),
    change: changeParts(advice),
    votes: [...votesInWords(ballotFor(discussion)), ...untilInWords(discussion)],
    since: sinceInWords(advice, discussion),
    note: advice.notes[0] ? `As of ${advice.notes[0].asOf}: ${advice.notes[0].text}` : null,
    reasoning: group
      ? `The thread explains the advice for ${mention(discussion.decision.asker)}’s answers, “Show all reasons” that for everybody’s.`
      : 'The whole reasoning is in the thread.',
  };
}

function answeredInWords(advice: FoundedAdvice, group: GroupView | null, discussion: Discussion): string {
  const questions = `${answeredCount(advice)} of ${advice.basis.questions.length} questions`;
  if (group === null) return `${questions} answered`;
  const before = answeredBeforeEdit(discussion).size;
  const some = before === 0 ? '' : ` (${before} of them before the edit)`;
  return `${group.people} people answered${some}, together ${questions}`;
}

/** While hidden how many there are and nothing else; then what the asker alone was advised, where that differs. */
function othersInWords(advice: FoundedAdvice, { decision, ownAnswers }: Discussion): string | null {
  if (ownAnswers.length === 0) return null;
  if (isHidden(decision)) {
    return `${ownAnswers.length + 1} people have answered; what the others said counts here once it is decided`;
  }
  const alone = verdictWithStrength(decision.round.advice);
  return alone === verdictWithStrength(advice)
    ? null
    : `By ${mention(decision.asker)}’s answers alone: ${alone}`;
}

function untilInWords({ decision: { voteUntil } }: Discussion): string[] {
  return voteUntil === null ? [] : [`Asked for until ${moment(voteUntil)}`];
}

/** Compared with the decision that this is to replace. */
function sinceInWords({ basis }: FoundedAdvice, { decision, predecessor }: Discussion): Parts['since'] {
  if (predecessor === null) return null;
  const before = predecessor.decision.round;
  const lines = changes(basis, before.answers, decision.round.answers);
  return {
    title: `Compared with ${relatedInWords(predecessor)}`,
    lines: [
      `The advice then: ${verdictWithStrength(predecessor.group?.advice ?? before.advice)}`,
      ...(lines.length === 0 ? ['The answers are the asker’s of then'] : lines),
    ],
  };
}

/** The rule that decided, then the answers that count most in the verdict's direction. */
function reasons(advice: FoundedAdvice, ofGroup: boolean): string[] {
  const { basis, contributions, verdict } = advice;
  const counted = contributions
    .filter((c) => pointsTo(advice, c))
    .map((c) => `${c.reason} (${answerName(basis, c)}; ${pointsFor(c)})`);
  const first = basis.rule?.reason ?? (verdict === 'undecided' ? whyUndecided(advice, ofGroup) : null);
  if (first !== null) return [first, ...counted].slice(0, MOST_REASONS);
  if (counted.length > 0) return counted.slice(0, MOST_REASONS);
  // In advice of earlier rubrics the sum could decide where no single answer speaks for the verdict.
  return verdict === 'django'
    ? ['In general the article finds Django the better pick, and nothing that was answered outweighs that.']
    : ['No single answer speaks for Flask, but not much speaks for Django either.'];
}

function whyUndecided(advice: FoundedAdvice, ofGroup: boolean): string {
  if (answeredCount(advice) === 0) {
    return ofGroup ? 'People do not agree on any question yet.' : 'No question is answered yet.';
  }
  return advice.support.django + advice.support.flask === 0
    ? 'Nothing that was answered speaks for either framework.'
    : 'What speaks for Flask so far and what speaks for Django weigh the same.';
}

/** Does this answer speak for the verdict? For `both`, those do that the rule asks for. */
function pointsTo({ verdict, basis }: FoundedAdvice, { trait, points }: Contribution): boolean {
  if (trait === INTERCEPT) return false;
  switch (verdict) {
    case 'django':
      return points > 0;
    case 'flask':
      return points < 0;
    case 'both':
      return basis.rule?.traits.includes(trait) ?? false;
    case 'undecided':
      return points !== 0;
  }
}

/** What speaks against, the strongest argument for the other side first. */
function consOf(advice: Advice): string[] {
  const all = [
    ...(advice.counterArgument ? [advice.counterArgument.text] : []),
    ...advice.cons.map((c) => c.text),
  ];
  return [...new Set(all)];
}

function boundaryParts(advice: Advice): Parts['boundary'] {
  const { boundary } = advice;
  if (!boundary) return [];
  return [
    { title: `What goes to ${FRAMEWORK_NAMES.django}`, lines: boundary.django },
    { title: `What goes to ${FRAMEWORK_NAMES.flask}`, lines: boundary.flask },
  ];
}

function caseInWords({ basis, caseStudy }: FoundedAdvice): string | null {
  const found = caseOf(basis, caseStudy);
  if (!found || !caseStudy) return null;
  const likeness =
    caseStudy.matches.length > 0
      ? `In common with this project: ${namesOf(basis, caseStudy.matches)}.`
      : 'None of the article’s cases is close; this one only points the same way.';
  return `${found.title}. ${found.story} ${found.lesson} ${likeness}`;
}

function changeParts(advice: FoundedAdvice): Parts['change'] {
  if (advice.verdict === 'undecided') return { title: 'Settle these first', lines: tellingQuestions(advice) };
  const flips = tellingFlips(advice).map((flip) => flipInWords(advice.basis, flip));
  return {
    title: 'What would change the answer',
    lines: flips.length > 0 ? flips : ['No one or two different answers would change it.'],
  };
}

function consTitle(advice: Advice): string {
  if (advice.verdict === 'django') return `Against it, and for ${FRAMEWORK_NAMES.flask}`;
  if (advice.verdict === 'flask') return `Against it, and for ${FRAMEWORK_NAMES.django}`;
  return 'Against it';
}

function cardBlocks(rubric: Rubric, discussion: Discussion, parts: Parts): KnownBlock[] {
  const { decision } = discussion;
  const head = [`Asked by ${askedBy(decision)}`, parts.answered, ...(parts.others ? [parts.others] : [])];
  const blocks: KnownBlock[] = [
    { type: 'header', text: plain(`${isolated(decision.project)}: ${parts.headline}`) },
    { type: 'context', elements: [mrkdwn(head.join('  ·  '))] },
    section(`*Why*\n${bullets(parts.why)}`),
  ];
  if (parts.since) blocks.push(section(`*${parts.since.title}*\n${bullets(parts.since.lines)}`));
  if (parts.disagreements.length > 0)
    blocks.push(section(`*${DISAGREEMENTS}*\n${bullets(parts.disagreements)}`));
  const fields = [
    ...(parts.pros.length > 0 ? [mrkdwn(`*${parts.prosTitle}*\n${bullets(parts.pros)}`)] : []),
    ...(parts.cons.length > 0 ? [mrkdwn(`*${parts.consTitle}*\n${bullets(parts.cons)}`)] : []),
  ];
  if (fields.length > 0) blocks.push({ type: 'section', fields });
  for (const side of parts.boundary) blocks.push(section(`*${side.title}*\n${bullets(side.lines)}`));
  if (parts.caseStudy) blocks.push(section(`*A case to compare*\n${parts.caseStudy}`));
  if (parts.practice) blocks.push(section(`*Similar projects*\n${parts.practice}`));
  if (parts.change.lines.length > 0)
    blocks.push(section(`*${parts.change.title}*\n${bullets(parts.change.lines)}`));
  if (parts.note) blocks.push({ type: 'context', elements: [mrkdwn(parts.note)] });
  blocks.push(section(`*Votes*\n${bullets(parts.votes)}`));
  blocks.push(
    {
      type: 'context',
      elements: [mrkdwn(`Decides: ${decidersInWords(decision)}  ·  ${parts.reasoning}`)],
    },
    {
      type: 'actions',
      block_id: encodeDecisionBlock(decision.id),
      elements: [
        ...voteButtons(discussion),
        ...answerButtons(discussion),
        ...(decision.status === 'open'
          ? [{ type: 'button' as const, action_id: ACTIONS.decide, text: plain('Decide') }]
          : []),
        {
          type: 'overflow',
          action_id: ACTIONS.cardMenu,
          options: [
            { text: plain('Show all reasons'), value: CARD_MENU.reasons },
            { text: plain('Edit the answers'), value: CARD_MENU.edit },
            { text: plain('Delete'), value: CARD_MENU.delete },
            { text: plain('Read the article'), value: CARD_MENU.article, url: rubric.article.url },
          ],
        },
      ],
    },
  );
  return blocks;
}

/**
 * What is read aloud. Where not all of it fits, what the thread or “Show all reasons” has as well goes, the least
 * telling first: cutting the end would lose who voted what.
 */
function cardText(discussion: Discussion, parts: Parts): string {
  const noPractice = { ...parts, practice: null };
  const noCase = { ...noPractice, caseStudy: null };
  const noNote = { ...noCase, note: null };
  const noPros = { ...noNote, pros: [], cons: [] };
  const texts = [parts, noPractice, noCase, noNote, noPros].map((some) => spoken(discussion, some));
  return texts.find((text) => textLength(text) <= MOST_TEXT) ?? clamp(texts.at(-1) ?? '', MOST_TEXT);
}

function spoken({ decision }: Discussion, parts: Parts): string {
  const titled: readonly (readonly [title: string, text: string])[] = [
    ['Why', parts.why.join(' ')],
    [parts.since?.title ?? '', (parts.since?.lines ?? []).map(sentence).join(' ')],
    [DISAGREEMENTS, parts.disagreements.map(sentence).join(' ')],
    [parts.prosTitle, parts.pros.join(' ')],
    [parts.consTitle, parts.cons.join(' ')],
    ...parts.boundary.map((side) => [side.title, side.lines.join(' ')] as const),
    ['A case to compare', parts.caseStudy ?? ''],
    ['Similar projects', parts.practice ?? ''],
    [parts.change.title, parts.change.lines.map(sentence).join(' ')],
  ];
  const sentences = [
    `${quoted(decision.project)}: ${parts.headline}.`,
    `Asked by ${askedBy(decision)}, ${parts.answered}.`,
    ...(parts.others === null ? [] : [`${parts.others}.`]),
    ...titled.filter(([, text]) => text !== '').map(([title, text]) => `${title}: ${text}`),
    ...(parts.note === null ? [] : [parts.note]),
    `Votes: ${parts.votes.map(sentence).join(' ')}`,
    `Decides: ${decidersInWords(decision)}. ${parts.reasoning}`,
  ];
  return sentences.join('\n');
}
