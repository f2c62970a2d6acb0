// Encoders and decoders for data that passes through Slack and back: block ids, dialog metadata, button values. Decoded
// data is untrusted. A decoder returns null for unknown data, and no decoded value grants permission.
import { z } from 'zod';
import { CHOICES } from '../decision/ballot.ts';

const DECISION_BLOCK = /^decision:([\w-]{1,64})(?::[a-z]{1,20})?$/;

/**
 * Returns the block id of a row of buttons, which carries the decision's id.
 *
 * @param row tells a second row of the same message apart, because block ids are unique in a message
 */
export function encodeDecisionBlock(decision: string, row?: string): string {
  return row === undefined ? `decision:${decision}` : `decision:${decision}:${row}`;
}

export function decodeDecisionBlock(blockId: string | undefined): string | null {
  return DECISION_BLOCK.exec(blockId ?? '')?.[1] ?? null;
}

const decisionId = z.string().regex(/^[\w-]{1,64}$/);

/** Returns the metadata of a dialog about one decision. */
export function encodeDecisionView(decision: string): string {
  return JSON.stringify({ decision });
}

export function decodeDecisionView(text: string): string | null {
  return parse(decisionView, text)?.decision ?? null;
}

const decisionView = z.strictObject({ decision: decisionId });

const voteView = z.strictObject({ decision: decisionId, choice: z.enum(CHOICES).nullable() });

/** Returns the metadata of a vote dialog, with the vote as it was when the dialog opened. */
export function encodeVoteView(vote: z.infer<typeof voteView>): string {
  return JSON.stringify(vote);
}

export function decodeVoteView(text: string): z.infer<typeof voteView> | null {
  return parse(voteView, text);
}

const intakeThread = z.strictObject({
  channel: z.string().min(1).max(40),
  /** `ts` of the thread's parent message. */
  ts: z.string().regex(/^\d{1,20}\.\d{1,10}$/),
  /** Slack's response_url for private replies to the person who used the message shortcut. */
  replyUrl: z.url().max(1_000).nullable(),
});
/** Thread in which a person opened the dialog, with the message shortcut. */
export type IntakeThread = z.infer<typeof intakeThread>;

const intakePlace = z.strictObject({
  channel: z.string().min(1).max(40),
  /** Slack's response_url for private replies to the asker. */
  replyUrl: z.url().max(1_000).nullable().catch(null),
});
/** Channel in which a person opened the dialog. The card goes there unless they pick another one. */
export type IntakePlace = z.infer<typeof intakePlace>;

const intakeMetadata = z.strictObject({
  /** `first`: the first few questions. `all`: every question. */
  page: z.enum(['first', 'all']),
  thread: intakeThread.optional(),
  place: intakePlace.optional(),
  /** Values of the voting options while the dialog hides them. */
  voting: z
    .strictObject({ deciders: z.array(z.string().min(1).max(40)).max(10), hide: z.boolean() })
    .optional(),
  /** Id of the decision that the new one replaces. */
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

/** Returns the value of a paging button. Slack limits button values to 2,000 characters. */
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
