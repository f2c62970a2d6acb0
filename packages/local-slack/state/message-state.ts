import type { Ephemeral, Message } from './messages.ts';
import { mergeState, type ViewState } from './view-state.ts';

type Shown = Message | Ephemeral;

/** What people have chosen and entered in messages, for each person and message: Slack's client keeps it. */
export class MessageStates {
  readonly #states = new Map<string, ViewState>();

  /** A copy; where the message has changed since, only what still fits its blocks. */
  of(person: string, message: Pick<Shown, 'channel' | 'ts' | 'blocks'>): ViewState {
    const kept = this.#states.get(messageStateKey(person, message)) ?? {};
    return structuredClone(mergeState(kept, message.blocks, undefined));
  }

  keep(person: string, message: Pick<Shown, 'channel' | 'ts'>, state: ViewState): void {
    this.#states.set(messageStateKey(person, message), structuredClone(state));
  }
}

/** One person's copy of a message. */
export const messageStateKey = (person: string, { channel, ts }: Pick<Shown, 'channel' | 'ts'>): string =>
  JSON.stringify([person, channel, ts]);
