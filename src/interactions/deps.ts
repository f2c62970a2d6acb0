import type { CardUpdates } from '../delivery/card-updates.ts';
import type { Deps } from '../delivery/deps.ts';
import type { Inbox } from '../delivery/inbox.ts';
import type { Outbox } from '../delivery/outbox.ts';
import type { WebClient } from '../slack/web-client.ts';

/** What listeners need on top. */
export interface ListenerDeps extends Deps {
  readonly outbox: Outbox;
  readonly cardUpdates: CardUpdates;
  readonly inbox: Pick<Inbox, 'kick'>;
  /** Replaces Bolt's client, which is slower; see slack/web-client.ts. */
  readonly clientWith: (token: string, teamId: string | undefined) => WebClient;
}
