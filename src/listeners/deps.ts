import type { Deps } from '../deps.ts';
import type { CardUpdates } from '../jobs/card-updates.ts';
import type { Outbox } from '../jobs/outbox.ts';

/** What listeners need on top. */
export interface ListenerDeps extends Deps {
  readonly outbox: Outbox;
  readonly cardUpdates: CardUpdates;
}
