import type { CardUpdates } from '../delivery/card-updates.ts';
import type { Deps } from '../delivery/deps.ts';
import type { Inbox } from '../delivery/inbox.ts';
import type { Outbox } from '../delivery/outbox.ts';
import type { SlackClients } from '../slack/slack-clients.ts';

/** Dependencies of the listeners, beyond those of the delivery jobs. */
export interface ListenerDeps extends Deps {
  readonly outbox: Outbox;
  readonly cardUpdates: CardUpdates;
  readonly inbox: Pick<Inbox, 'kick'>;
  /** Replace the clients that Bolt makes, which take longer for each call. */
  readonly clients: SlackClients;
}
