import type { KnownBlock } from '@slack/types';
import type { Advice, Contribution, Flip } from '../core/advice.ts';
import { INTERCEPT, reasonOf } from '../core/arguments.ts';
import type { Decision } from '../core/decision.ts';
import type { Rubric, Rule } from '../rubric/schema.ts';
import { ACTIONS, CARD_MENU } from './ids.ts';
import type { Message } from './message.ts';
import { encodeDecisionBlock } from './metadata.ts';
import { bullets, clamp, isolated, mention, mentions, mrkdwn, plain, quoted, section } from './text.ts';
import {
  answeredCount,
  answerName,
  caseOf,
  FRAMEWORK_NAMES,
  flipInWords,
  namesOf,
  pointsFor,
  questionName,
  verdictName,
  verdictWithStrength,
} from './wording.ts';

const MOST_REASONS = 3;
const MOST_FLIPS = 3;

/** The parts of the card in words, each made once for the blocks and for the text that is read aloud. */
interface Parts {
  readonly headline: string;
  readonly asked: string;
  readonly why: readonly string[];
  readonly pros: readonly string[];
  readonly cons: readonly string[];
  readonly boundary: readonly { readonly title: string; readonly lines: readonly string[] }[];
  readonly caseStudy: string | null;
  readonly change: { readonly title: string; readonly lines: readonly string[] };
  readonly note: string | null;
}

/**
 * The recommendation card: the one message of a decision, always rendered whole from what the database
 * holds.
 */
export function card(rubric: Rubric, decision: Decision): Message {
  const parts = partsOf(rubric, decision);
  return { text: cardText(decision, parts), blocks: cardBlocks(rubric, decision, parts) };
}

function partsOf(rubric: Rubric, decision: Decision): Parts {
  const { advice } = decision.round;
  return {
    headline: verdictWithStrength(advice),
    asked: `${answeredCount(advice)} of ${rubric.questions.length} questions answered`,
    why: reasons(rubric, advice),
    pros: advice.pros.map((p) => p.text),
    cons: consOf(advice),
    boundary: boundaryParts(advice),
    caseStudy: caseInWords(rubric, advice),
    change: changeParts(rubric, advice),
    note: advice.notes[0] ? `As of ${advice.notes[0].asOf}: ${advice.notes[0].text}` : null,
  };
}

/** The rule that decided, then the answers that count most in the verdict's direction. */
function reasons(rubric: Rubric, advice: Advice): string[] {
  const rule = rubric.rules.find((r) => r.id === advice.rule);
  const counted = advice.contributions
    .filter((c) => pointsTo(advice, rule, c))
    .map((c) => `${reasonOf(rubric, c)} (${answerName(rubric, c.trait, c.option)}; ${pointsFor(c)})`);
  const all = rule ? [rule.reason, ...counted] : counted;
  if (all.length > 0) return all.slice(0, MOST_REASONS);
  if (advice.verdict === 'undecided')
    return ['Nothing that was answered speaks clearly for either framework.'];
  return [rubric.intercept.reason];
}

/** Does this answer speak for the verdict? For `both`, those do that the rule asks for. */
function pointsTo(advice: Advice, rule: Rule | undefined, contribution: Contribution): boolean {
  const { trait, option, points } = contribution;
  if (trait === INTERCEPT) return false;
  switch (advice.verdict) {
    case 'django':
      return points > 0;
    case 'flask':
      return points < 0;
    case 'both':
      return rule?.when.some((condition) => condition[trait]?.includes(option)) ?? false;
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

function caseInWords(rubric: Rubric, advice: Advice): string | null {
  const found = caseOf(rubric, advice.caseStudy);
  if (!found || !advice.caseStudy) return null;
  const { matches } = advice.caseStudy;
  const likeness =
    matches.length > 0
      ? `In common with this project: ${namesOf(rubric, matches)}.`
      : 'None of the article’s cases is close; this one only points the same way.';
  return `${found.title}. ${found.story} ${found.lesson} ${likeness}`;
}

function changeParts(rubric: Rubric, advice: Advice): Parts['change'] {
  if (advice.verdict === 'undecided') {
    const lines = advice.nextQuestions.slice(0, MOST_FLIPS).map((trait) => questionText(rubric, trait));
    return { title: 'Settle these first', lines };
  }
  const flips = tellingFlips(advice);
  if (flips.length > 0) {
    return { title: 'What would change the answer', lines: flips.map((flip) => flipInWords(rubric, flip)) };
  }
  return {
    title: 'What would change the answer',
    lines: ['No one or two different answers would change it.'],
  };
}

function questionText(rubric: Rubric, trait: string): string {
  return rubric.questions.find((q) => q.id === trait)?.text ?? questionName(rubric, trait);
}

/** The smallest flips, one for each set of traits, those that lead to a clear answer first. */
export function tellingFlips(advice: Advice): Flip[] {
  const seen = new Set<string>();
  const clear = advice.flips.filter((f) => f.verdict !== 'undecided');
  return clear
    .filter((flip) => {
      const key = flip.changes.map((c) => c.trait).join();
      return !seen.has(key) && seen.add(key);
    })
    .slice(0, MOST_FLIPS);
}

function prosTitle(advice: Advice): string {
  return `For ${verdictName(advice.verdict)}`;
}

function consTitle(advice: Advice): string {
  if (advice.verdict === 'django') return `Against it, and for ${FRAMEWORK_NAMES.flask}`;
  if (advice.verdict === 'flask') return `Against it, and for ${FRAMEWORK_NAMES.django}`;
  return 'Against it';
}

function cardBlocks(rubric: Rubric, decision: Decision, parts: Parts): KnownBlock[] {
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
  if (parts.change.lines.length > 0)
    blocks.push(section(`*${parts.change.title}*\n${bullets(parts.change.lines)}`));
  if (parts.note) blocks.push({ type: 'context', elements: [mrkdwn(parts.note)] });
  blocks.push(
    {
      type: 'context',
      elements: [mrkdwn(`Decides: ${mentions(decision.deciders)}  ·  The whole reasoning is in the thread.`)],
    },
    {
      type: 'actions',
      block_id: encodeDecisionBlock(decision.id),
      elements: [
        {
          type: 'overflow',
          action_id: ACTIONS.cardMenu,
          options: [
            { text: plain('Show all reasons'), value: CARD_MENU.reasons },
            { text: plain('Read the article'), value: CARD_MENU.article, url: rubric.article.url },
          ],
        },
      ],
    },
  );
  return blocks;
}

/** chat.update refuses more than 4,000 characters. */
const MOST_TEXT = 3_900;

function cardText(decision: Decision, parts: Parts): string {
  const sentences = [
    `${quoted(decision.project)}: ${parts.headline}.`,
    `Asked by ${mention(decision.asker)}, ${parts.asked}.`,
    `Why: ${parts.why.join(' ')}`,
    ...(parts.pros.length > 0 ? [`${prosTitle(decision.round.advice)}: ${parts.pros.join(' ')}`] : []),
    ...(parts.cons.length > 0 ? [`${consTitle(decision.round.advice)}: ${parts.cons.join(' ')}`] : []),
    ...parts.boundary.map((side) => `${side.title}: ${side.lines.join(' ')}`),
    ...(parts.caseStudy ? [`A case to compare: ${parts.caseStudy}`] : []),
    ...(parts.change.lines.length > 0 ? [`${parts.change.title}: ${parts.change.lines.join('. ')}.`] : []),
    `Decides: ${mentions(decision.deciders)}. The whole reasoning is in the thread.`,
  ];
  return clamp(sentences.join('\n'), MOST_TEXT);
}
