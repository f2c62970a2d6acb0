import type { PageAction } from '../people/act.ts';
import type { Json, Snapshot } from './api.ts';
import type { DisplayNames } from './mrkdwn.ts';

/** A person's input: text, an option's value, an id, seconds since 1970, several of these, or nothing. */
export type ChosenValue = string | number | readonly string[] | null;

/** Surroundings that blocks need to render and to send input. */
export interface BlockContext {
  readonly names: DisplayNames;
  /** The view or message that contains the blocks. */
  readonly at: { readonly view: string } | { readonly channel: string; readonly ts: string };
  /** Performs an action of this person. Resolves to false after an error. */
  readonly requestAction: (act: PageAction['act']) => Promise<boolean>;
  /** People and channels that selects offer. */
  readonly snapshot: Snapshot;
  /** This person's input: block_id → action_id → value. */
  readonly state: Json;
  /** Options that the app supplied for external selects. */
  readonly offers: Snapshot['offers'][string];
}
