import type { PageAction } from '../people/act.ts';
import type { Json, Snapshot } from './api.ts';
import type { Names } from './mrkdwn.ts';

/** What can be chosen or entered: text, an option's value, an id, seconds since 1970, several of them, nothing. */
export type ChosenValue = string | number | readonly string[] | null;

/** What blocks need of their surroundings. */
export interface BlockContext {
  readonly names: Names;
  /** Where the blocks stand. */
  readonly at: { readonly view: string } | { readonly channel: string; readonly ts: string };
  /** Asks for something in this person's name; resolves to false when there was a problem. */
  readonly requestAction: (act: PageAction['act']) => Promise<boolean>;
  /** Whom and what one can choose. */
  readonly snapshot: Snapshot;
  /** What is chosen and entered: block_id → action_id → value. */
  readonly state: Json;
  /** What the app has offered in external selects. */
  readonly offers: Snapshot['offers'][string];
}
