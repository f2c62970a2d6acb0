import { z } from 'zod';
import { CHOICES } from '../decision/ballot.ts';

/**
 * What travels through Slack and comes back, written and read side by side. It comes back from outside:
 * every read may fail, and nothing here says what somebody may do.
 */
const DECISION_BLOCK = /^decision:([\w-]{1,64})$/;

/** The block id of a card's buttons tells which decision they belong to. */
export function encodeDecisionBlock(decision: string): string {
  return `decision:${decision}`;
}

export function decodeDecisionBlock(blockId: string | undefined): string | null {
  return DECISION_BLOCK.exec(blockId ?? '')?.[1] ?? null;
}

const decisionId = z.string().regex(/^[\w-]{1,64}$/);

/** The metadata of a dialog about one decision. */
export function encodeDecisionView(decision: string): string {
  return JSON.stringify({ decision });
}

export function decodeDecisionView(text: string): string | null {
  return parse(decisionView, text)?.decision ?? null;
}

const decisionView = z.strictObject({ decision: decisionId });

const voteView = z.strictObject({ decision: decisionId, choice: z.enum(CHOICES).nullable() });

/** The metadata of a dialog about somebody's vote, as it was when the dialog was opened. */
export function encodeVoteView(vote: z.infer<typeof voteView>): string {
  return JSON.stringify(vote);
}

export function decodeVoteView(text: string): z.infer<typeof voteView> | null {
  return parse(voteView, text);
}

const intakeThread = z.strictObject({
  channel: z.string().min(1).max(40),
  /** The thread's parent. */
  ts: z.string().regex(/^\d{1,20}\.\d{1,10}$/),
  /** Slack's address for private words to whoever picked the message. */
  replyUrl: z.url().max(1_000).nullable(),
});
/** The thread that a dialog was opened for, from one of its messages. */
export type IntakeThread = z.infer<typeof intakeThread>;

const intakeMetadata = z.strictObject({
  /** Which questions are shown. */
  page: z.enum(['first', 'all']),
  thread: intakeThread.optional(),
  /** The decision that is to be replaced. */
  supersedes: decisionId.optional(),
});
export type IntakeMetadata = z.infer<typeof intakeMetadata>;

export function encodeIntake(metadata: IntakeMetadata): string {
  return JSON.stringify(metadata);
}

export function decodeIntake(text: string): IntakeMetadata | null {
  return parse(intakeMetadata, text);
}

const historyPage = z.strictObject({
  offset: z.int().min(0).max(100_000),
  words: z
    .array(
      z
        .string()
        .max(80)
        .regex(/^\P{Cc}*$/u),
    )
    .max(20),
});
export type HistoryPage = z.infer<typeof historyPage>;

/** The value of a button, which Slack limits to 2,000 characters. */
export function encodeHistoryPage(page: HistoryPage): string {
  return JSON.stringify(page);
}

export function decodeHistoryPage(text: string | undefined): HistoryPage | null {
  return parse(historyPage, text ?? '');
}

function parse<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
