import type { Ephemeral, Message } from './messages.ts';
import { keptState, type ViewState } from './view-state.ts';

type Shown = Message | Ephemeral;

/** What people have chosen and entered in messages, for each person and message: Slack's client keeps it. */
export class MessageStates {
  readonly #states = new Map<string, ViewState>();

  /** A copy; where the message has changed since, only what still fits its blocks. */
  of(person: string, message: Pick<Shown, 'channel' | 'ts' | 'blocks'>): ViewState {
    const kept = this.#states.get(placeOf(person, message)) ?? {};
    return structuredClone(keptState(kept, message.blocks, undefined));
  }

  keep(person: string, message: Pick<Shown, 'channel' | 'ts'>, state: ViewState): void {
    this.#states.set(placeOf(person, message), structuredClone(state));
  }
}

/** One person's copy of a message. */
export const placeOf = (person: string, { channel, ts }: Pick<Shown, 'channel' | 'ts'>): string =>
  JSON.stringify([person, channel, ts]);
