import type { Deps } from '../deps.ts';
import type { CardUpdates } from '../jobs/card-updates.ts';
import type { Inbox } from '../jobs/inbox.ts';
import type { Outbox } from '../jobs/outbox.ts';
import type { SlackClients } from '../slack/slack-clients.ts';

/** What listeners need on top. */
export interface ListenerDeps extends Deps {
  readonly outbox: Outbox;
  readonly cardUpdates: CardUpdates;
  readonly inbox: Pick<Inbox, 'kick'>;
  /** In place of the one that Bolt makes, which takes longer for each call. */
  readonly clients: SlackClients;
}
