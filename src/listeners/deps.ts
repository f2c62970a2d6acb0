import type { Deps } from '../deps.ts';
import type { CardUpdates } from '../jobs/card-updates.ts';
import type { Inbox } from '../jobs/inbox.ts';
import type { Outbox } from '../jobs/outbox.ts';

/** What listeners need on top. */
export interface ListenerDeps extends Deps {
  readonly outbox: Outbox;
  readonly cardUpdates: CardUpdates;
  readonly inbox: Pick<Inbox, 'kick'>;
}
