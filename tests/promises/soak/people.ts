import * as payloads from '../../support/payloads.ts';
import { blockOf } from '../../support/posted-card.ts';
import type { Call } from './slack.ts';

export type Payload = Record<string, unknown>;

/** The same payload as it comes from another workspace, with this address for private answers. */
export function comingFrom(team: string, payload: object, replyUrl: string): Payload {
  const text = JSON.stringify(payload).replaceAll('"T1"', JSON.stringify(team));
  return JSON.parse(text.replaceAll(payloads.RESPONSE_URL, replyUrl));
}

/** A card that was posted, as those see it who use it. */
export interface Card {
  readonly channel: string;
  readonly ts: string;
  /** Id of the block of its buttons. */
  readonly block: string;
}

/** Null for calls that post no card. */
export function cardIn({ method, args, answer }: Call): Card | null {
  if (method !== 'chat.postMessage' || args.thread_ts !== undefined) return null;
  return {
    channel: args.channel ?? '',
    ts: String(answer.ts),
    block: blockOf(JSON.parse(args.blocks ?? '[]')),
  };
}

export const decisionIn = ({ block }: Card): string => block.split(':')[1] ?? '';

/** A press on one of a card's buttons. */
export function pressOn(
  { channel, ts, block }: Card,
  actionId: string,
  user: string,
  option?: string,
): Payload {
  return payloads.press({
    actionId,
    blockId: block,
    user,
    channel,
    ts,
    ...(option === undefined ? {} : { option }),
  });
}
