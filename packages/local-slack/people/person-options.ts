import type { Deliveries } from '../server/deliver.ts';
import type { World } from '../server/web-api/method.ts';
import type { InputValue } from '../state/view-state.ts';

/** State and callbacks that a person's actions need. */
export interface PersonDeps {
  readonly world: World;
  readonly deliveries: Deliveries;
  /** Returns the URL of a response path. */
  readonly responseUrl: (path: string) => string;
  readonly onChange: () => void;
  /** Called with each error in the app's responses that Slack would show to the person. */
  readonly onComplaint: (complaint: string) => void;
}

/** Details of a click: the block if the action_id is ambiguous, and the selected value. */
export interface Click {
  readonly blockId?: string;
  /** The selected option's value in a menu, or the input of an input element. */
  readonly value?: InputValue;
  /** True if the person still sees the given message, although it has changed. */
  readonly stale?: true;
}
