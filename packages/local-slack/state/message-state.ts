import type { Ephemeral, Message } from './messages.ts';
import { mergeState, type ViewState } from './view-state.ts';

type Shown = Message | Ephemeral;

/** Input of each person in each message's fields. Slack's client keeps it, so each person has their own. */
export class MessageStates {
  readonly #states = new Map<string, ViewState>();

  /** Returns a copy of a person's input. After the message changed, keeps only values that still fit its blocks. */
  of(person: string, message: Pick<Shown, 'channel' | 'ts' | 'blocks'>): ViewState {
    const kept = this.#states.get(messageStateKey(person, message)) ?? {};
    return structuredClone(mergeState(kept, message.blocks, undefined));
  }

  keep(person: string, message: Pick<Shown, 'channel' | 'ts'>, state: ViewState): void {
    this.#states.set(messageStateKey(person, message), structuredClone(state));
  }
}

/** Returns the key of one person's input in one message. */
export const messageStateKey = (person: string, { channel, ts }: Pick<Shown, 'channel' | 'ts'>): string =>
  JSON.stringify([person, channel, ts]);
