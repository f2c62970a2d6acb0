import type { Deliveries } from '../server/deliver.ts';
import type { World } from '../server/web-api/method.ts';
import type { InputValue } from '../state/view-state.ts';

/** What a person acts on. */
export interface PersonOptions {
  readonly world: World;
  readonly deliveries: Deliveries;
  /** The address of a response path. */
  readonly responseUrl: (path: string) => string;
  readonly onChange: () => void;
  /** Hears what Slack would show the person as trouble with the app. */
  readonly onComplaint: (complaint: string) => void;
}

/** Which element is meant where an action_id alone is not enough, and what is chosen in it. */
export interface Click {
  readonly blockId?: string;
  /** Value of the option, for menus; what is entered, for elements that can be filled in. */
  readonly value?: InputValue;
  /** The person still sees the message as it is given, although it has changed since. */
  readonly stale?: true;
}
