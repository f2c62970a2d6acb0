import type { KnownBlock } from '@slack/types';
import type { Advice, Contribution, FoundedAdvice } from '../core/advice.ts';
import { founded, INTERCEPT } from '../core/basis.ts';
import type { Discussion } from '../core/discussion.ts';
import type { Rubric } from '../rubric/schema.ts';
import { ACTIONS, CARD_MENU } from './ids.ts';
import { type Message, MOST_TEXT } from './message.ts';
import { encodeDecisionBlock } from './metadata.ts';
import { practiceInWords } from './practice.ts';
import { recordCard } from './record.ts';
import { bullets, clamp, isolated, mention, mentions, mrkdwn, plain, quoted, section } from './text.ts';
import { ballotFor, voteButtons, votesInWords } from './votes.ts';
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
} from './wording.ts';

const MOST_REASONS = 3;

/** The parts of the card in words, each made once for the blocks and for the text that is read aloud. */
interface Parts {
  readonly headline: string;
  readonly asked: string;
  readonly why: readonly string[];
  readonly pros: readonly string[];
  readonly cons: readonly string[];
  readonly boundary: readonly { readonly title: string; readonly lines: readonly string[] }[];
  readonly caseStudy: string | null;
  readonly practice: string | null;
  readonly change: { readonly title: string; readonly lines: readonly string[] };
  readonly votes: readonly string[];
  readonly note: string | null;
}

/**
 * The recommendation card: the one message of a decision, always rendered whole from what the database
 * holds.
 *
 * @param rubric knows where the article stands today; what is said about the advice comes from the advice
 */
export function card(rubric: Rubric, discussion: Discussion): Message {
  const { decision, record } = discussion;
  if (decision.status === 'decided' && record !== null) return recordCard(discussion, record);
  const parts = partsOf(founded(rubric, discussion.decision.round.advice), discussion);
  return { text: cardText(discussion, parts), blocks: cardBlocks(rubric, discussion, parts) };
}

function partsOf(advice: FoundedAdvice, discussion: Discussion): Parts {
  return {
    headline: verdictWithStrength(advice),
    asked: `${answeredCount(advice)} of ${advice.basis.questions.length} questions answered`,
    why: reasons(advice),
    pros: advice.pros.map((p) => p.text),
    cons: consOf(advice),
    boundary: boundaryParts(advice),
    caseStudy: caseInWords(advice),
    practice: practiceInWords(advice),
    change: changeParts(advice),
    votes: votesInWords(ballotFor(discussion)),
    note: advice.notes[0] ? `As of ${advice.notes[0].asOf}: ${advice.notes[0].text}` : null,
  };
}

/** The rule that decided, then the answers that count most in the verdict's direction. */
function reasons(advice: FoundedAdvice): string[] {
  const { basis, contributions, verdict } = advice;
  const counted = contributions
    .filter((c) => pointsTo(advice, c))
    .map((c) => `${c.reason} (${answerName(basis, c)}; ${pointsFor(c)})`);
  const first = basis.rule?.reason ?? (verdict === 'undecided' ? whyUndecided(advice) : null);
  if (first !== null) return [first, ...counted].slice(0, MOST_REASONS);
  if (counted.length > 0) return counted.slice(0, MOST_REASONS);
  // In advice of earlier rubrics the sum could decide where no single answer speaks for the verdict.
  return verdict === 'django'
    ? ['In general the article finds Django the better pick, and nothing that was answered outweighs that.']
    : ['No single answer speaks for Flask, but not much speaks for Django either.'];
}

function whyUndecided(advice: FoundedAdvice): string {
  if (answeredCount(advice) === 0) return 'No question is answered yet.';
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

function prosTitle(advice: Advice): string {
  return `For ${verdictName(advice.verdict)}`;
}

function consTitle(advice: Advice): string {
  if (advice.verdict === 'django') return `Against it, and for ${FRAMEWORK_NAMES.flask}`;
  if (advice.verdict === 'flask') return `Against it, and for ${FRAMEWORK_NAMES.django}`;
  return 'Against it';
}

function cardBlocks(rubric: Rubric, discussion: Discussion, parts: Parts): KnownBlock[] {
  const { decision } = discussion;
  const { advice } = decision.round;
  const blocks: KnownBlock[] = [
    { type: 'header', text: plain(`${isolated(decision.project)}: ${parts.headline}`) },
    { type: 'context', elements: [mrkdwn(`Asked by ${mention(decision.asker)}  ·  ${parts.asked}`)] },
    section(`*Why*\n${bullets(parts.why)}`),
  ];
  const fields = [
    ...(parts.pros.length > 0 ? [mrkdwn(`*${prosTitle(advice)}*\n${bullets(parts.pros)}`)] : []),
    ...(parts.cons.length > 0 ? [mrkdwn(`*${consTitle(advice)}*\n${bullets(parts.cons)}`)] : []),
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
      elements: [mrkdwn(`Decides: ${mentions(decision.deciders)}  ·  The whole reasoning is in the thread.`)],
    },
    {
      type: 'actions',
      block_id: encodeDecisionBlock(decision.id),
      elements: [
        ...voteButtons(discussion),
        ...(decision.status === 'open'
          ? [{ type: 'button' as const, action_id: ACTIONS.decide, text: plain('Decide') }]
          : []),
        {
          type: 'overflow',
          action_id: ACTIONS.cardMenu,
          options: [
            { text: plain('Show all reasons'), value: CARD_MENU.reasons },
            { text: plain('Delete'), value: CARD_MENU.delete },
            { text: plain('Read the article'), value: CARD_MENU.article, url: rubric.article.url },
          ],
        },
      ],
    },
  );
  return blocks;
}

function cardText({ decision }: Discussion, parts: Parts): string {
  const sentences = [
    `${quoted(decision.project)}: ${parts.headline}.`,
    `Asked by ${mention(decision.asker)}, ${parts.asked}.`,
    `Why: ${parts.why.join(' ')}`,
    ...(parts.pros.length > 0 ? [`${prosTitle(decision.round.advice)}: ${parts.pros.join(' ')}`] : []),
    ...(parts.cons.length > 0 ? [`${consTitle(decision.round.advice)}: ${parts.cons.join(' ')}`] : []),
    ...parts.boundary.map((side) => `${side.title}: ${side.lines.join(' ')}`),
    ...(parts.caseStudy ? [`A case to compare: ${parts.caseStudy}`] : []),
    ...(parts.practice ? [`Similar projects: ${parts.practice}`] : []),
    ...(parts.change.lines.length > 0
      ? [`${parts.change.title}: ${parts.change.lines.map(sentence).join(' ')}`]
      : []),
    ...(parts.note ? [parts.note] : []),
    `Votes: ${parts.votes.map(sentence).join(' ')}`,
    `Decides: ${mentions(decision.deciders)}. The whole reasoning is in the thread.`,
  ];
  return clamp(sentences.join('\n'), MOST_TEXT);
}
