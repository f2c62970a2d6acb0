// The listeners' arguments and dependencies, and the table that finds the listener for a payload.
import type {
  AllMiddlewareArgs,
  AnyMiddlewareArgs,
  BlockAction,
  MessageShortcut,
  Middleware,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackEventMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import type { CardUpdates } from '../delivery/card-updates.ts';
import type { Deps } from '../delivery/deps.ts';
import type { Inbox } from '../delivery/inbox.ts';
import type { Outbox } from '../delivery/outbox.ts';
import type { WebClient } from '../slack/web-client.ts';
import type { Payload } from './payload.ts';

/** Arguments that Bolt passes to any listener. */
export type ListenerArgs = AnyMiddlewareArgs & AllMiddlewareArgs;

/** Dependencies of the listeners, beyond those of the delivery jobs. */
export interface ListenerDeps extends Deps {
  readonly outbox: Outbox;
  readonly cardUpdates: CardUpdates;
  readonly inbox: Pick<Inbox, 'kick'>;
  /** Returns a client that replaces Bolt's, which is slower. web-client.ts has the figures. */
  readonly clientWith: (token: string, teamId: string | undefined) => WebClient;
}

/** Returns null if the payload has the listener's id but another type. */
type Listener = (args: ListenerArgs) => Promise<void> | null;

/**
 * Listeners by payload kind and id. Bolt would ask each listener in turn whether it wants a payload. With this many
 * listeners, that takes longer than the rest of a request.
 */
export class Routes {
  readonly #listeners = new Map<string, Listener>();

  command(name: string, listener: Middleware<SlackCommandMiddlewareArgs>): void {
    this.#add('command', name, (args) => ('command' in args ? listener(args) : null));
  }

  /** Listens to a button or a menu in a message, a dialog or the Home tab. */
  action(id: string, listener: Middleware<SlackActionMiddlewareArgs<BlockAction>>): void {
    this.#add('action', id, (args) => (isBlockAction(args) ? listener(args) : null));
  }

  /** Listens to a submitted dialog. */
  view(callbackId: string, listener: Middleware<SlackViewMiddlewareArgs<ViewSubmitAction>>): void {
    this.#add('view_submission', callbackId, (args) => (isSubmission(args) ? listener(args) : null));
  }

  messageShortcut(
    callbackId: string,
    listener: Middleware<SlackShortcutMiddlewareArgs<MessageShortcut>>,
  ): void {
    this.#add('shortcut', callbackId, (args) => (isMessageShortcut(args) ? listener(args) : null));
  }

  /** Listens to `app_home_opened`, which Slack sends for the Messages tab as well. */
  homeOpened(listener: Middleware<SlackEventMiddlewareArgs<'app_home_opened'>>): void {
    this.#add('event', 'app_home_opened', (args) => (isHomeOpened(args) ? listener(args) : null));
  }

  mention(listener: Middleware<SlackEventMiddlewareArgs<'app_mention'>>): void {
    this.#add('event', 'app_mention', (args) => (isMention(args) ? listener(args) : null));
  }

  /** Returns the listener for a payload; undefined if there is none. */
  find({ kind, id }: Pick<Payload, 'kind' | 'id'>): Listener | undefined {
    return this.#listeners.get(`${kind} ${id}`);
  }

  #add(kind: Payload['kind'], id: string, listener: Listener): void {
    const key = `${kind} ${id}`;
    if (this.#listeners.has(key)) throw new Error(`two listeners for ${key}`);
    this.#listeners.set(key, listener);
  }
}

function isBlockAction(
  args: ListenerArgs,
): args is SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs {
  return 'action' in args && args.body.type === 'block_actions';
}

function isSubmission(
  args: ListenerArgs,
): args is SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs {
  return 'view' in args && args.body.type === 'view_submission';
}

function isMessageShortcut(
  args: ListenerArgs,
): args is SlackShortcutMiddlewareArgs<MessageShortcut> & AllMiddlewareArgs {
  return 'shortcut' in args && args.body.type === 'message_action';
}

function isHomeOpened(
  args: ListenerArgs,
): args is SlackEventMiddlewareArgs<'app_home_opened'> & AllMiddlewareArgs {
  return 'event' in args && args.event.type === 'app_home_opened';
}

function isMention(args: ListenerArgs): args is SlackEventMiddlewareArgs<'app_mention'> & AllMiddlewareArgs {
  return 'event' in args && args.event.type === 'app_mention';
}
