// Replaces a voter's private reply when they vote again on the card.
import type { BlockAction } from '@slack/bolt';
import type { Message } from '../../blocks/message.ts';
import type { DecisionKey } from '../../decision/decision.ts';
import type { Deps } from '../../delivery/deps.ts';

/** A response URL works for 30 minutes: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
const LIFETIME_MS = 29 * 60_000;
/** A response URL works five times. The press that brought it may have used it once. */
const MOST_USES = 4;
/** Most replies remembered; the oldest are forgotten first. */
const MOST_KEPT = 5_000;
const TIMEOUT_MS = 2_000;

interface ReplyAddress {
  readonly url: string;
  /** Monotonic time in milliseconds. */
  readonly until: number;
  readonly usesLeft: number;
}

/**
 * The addresses at which private replies can be replaced. Slack sends one only with a press in the reply itself, so a
 * reply whose buttons were never pressed can't be replaced. Kept in memory: after a restart, or at another instance, a
 * vote gets a new reply.
 */
export class VoterReplies {
  readonly #deps: Pick<Deps, 'clock' | 'fetch'>;
  readonly #addresses = new Map<string, ReplyAddress>();

  constructor(deps: Pick<Deps, 'clock' | 'fetch'>) {
    this.#deps = deps;
  }

  /** Remembers the address of a press in a private reply. Ignores presses on the card, whose address replaces the card. */
  remember(key: DecisionKey, person: string, body: BlockAction): void {
    if (!isInPrivateReply(body) || typeof body.response_url !== 'string') return;
    const until = this.#deps.clock.monotonic() + LIFETIME_MS;
    this.#keep(idOf(key, person), { url: body.response_url, until, usesLeft: MOST_USES });
  }

  /** Replaces the person's reply. Returns false if its address is unknown, expired, used up or refused. */
  async replace(key: DecisionKey, person: string, message: Message): Promise<boolean> {
    const id = idOf(key, person);
    const address = this.#addresses.get(id);
    if (address === undefined) return false;
    this.#addresses.delete(id);
    if (address.until <= this.#deps.clock.monotonic()) return false;
    try {
      const response = await this.#deps.fetch(address.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify({ response_type: 'ephemeral', replace_original: true, ...message }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!response.ok) return false;
    } catch {
      return false;
    }
    if (address.usesLeft > 1) this.#keep(id, { ...address, usesLeft: address.usesLeft - 1 });
    return true;
  }

  #keep(id: string, address: ReplyAddress): void {
    this.#addresses.delete(id);
    this.#addresses.set(id, address);
    // A Map keeps insertion order.
    const [oldest] = this.#addresses.keys();
    if (this.#addresses.size > MOST_KEPT && oldest !== undefined) this.#addresses.delete(oldest);
  }
}

/** Returns true for a press in a message that only the person sees. */
export function isInPrivateReply({ container }: BlockAction): boolean {
  return container?.is_ephemeral === true;
}

const idOf = ({ tenant, decision }: DecisionKey, person: string): string => `${tenant} ${decision} ${person}`;
