import type { CardUpdates } from '../delivery/card-updates.ts';
import type { Deps } from '../delivery/deps.ts';
import type { Inbox } from '../delivery/inbox.ts';
import type { Outbox } from '../delivery/outbox.ts';
import type { WebClient } from '../slack/web-client.ts';

/** Dependencies of the listeners, beyond those of the delivery jobs. */
export interface ListenerDeps extends Deps {
  readonly outbox: Outbox;
  readonly cardUpdates: CardUpdates;
  readonly inbox: Pick<Inbox, 'kick'>;
  /** Returns a client that replaces Bolt's, which is slower. web-client.ts has the figures. */
  readonly clientWith: (token: string, teamId: string | undefined) => WebClient;
}
