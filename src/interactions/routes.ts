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
import type { Payload } from './payload.ts';

/** What Bolt hands over of any payload. */
export type Args = AnyMiddlewareArgs & AllMiddlewareArgs;
/** Null where the payload is something else than it is called. */
type Listener = (args: Args) => Promise<void> | null;

/**
 * The listeners by what they are for. Bolt would ask each of them in turn whether a payload is for it; with as many as
 * there are here, that costs more than the rest of a request.
 */
export class Routes {
  readonly #listeners = new Map<string, Listener>();

  /** Somebody types a slash command. */
  command(name: string, listener: Middleware<SlackCommandMiddlewareArgs>): void {
    this.#add('command', name, (args) => ('command' in args ? listener(args) : null));
  }

  /** Somebody presses a button. */
  action(id: string, listener: Middleware<SlackActionMiddlewareArgs<BlockAction>>): void {
    this.#add('action', id, (args) => (isBlockAction(args) ? listener(args) : null));
  }

  /** Somebody submits a dialog. */
  view(callbackId: string, listener: Middleware<SlackViewMiddlewareArgs<ViewSubmitAction>>): void {
    this.#add('view_submission', callbackId, (args) => (isSubmission(args) ? listener(args) : null));
  }

  /** Somebody picks an entry of a message's menu. */
  messageShortcut(
    callbackId: string,
    listener: Middleware<SlackShortcutMiddlewareArgs<MessageShortcut>>,
  ): void {
    this.#add('shortcut', callbackId, (args) => (isMessageShortcut(args) ? listener(args) : null));
  }

  /** Somebody looks at the app's own pages. */
  homeOpened(listener: Middleware<SlackEventMiddlewareArgs<'app_home_opened'>>): void {
    this.#add('event', 'app_home_opened', (args) => (isHomeOpened(args) ? listener(args) : null));
  }

  /** Somebody mentions the bot. */
  mention(listener: Middleware<SlackEventMiddlewareArgs<'app_mention'>>): void {
    this.#add('event', 'app_mention', (args) => (isMention(args) ? listener(args) : null));
  }

  /** Undefined where nobody listens to it. */
  find({ kind, id }: Pick<Payload, 'kind' | 'id'>): Listener | undefined {
    return this.#listeners.get(`${kind} ${id}`);
  }

  #add(kind: Payload['kind'], id: string, listener: Listener): void {
    const key = `${kind} ${id}`;
    if (this.#listeners.has(key)) throw new Error(`two listeners for ${key}`);
    this.#listeners.set(key, listener);
  }
}

function isBlockAction(args: Args): args is SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs {
  return 'action' in args && args.body.type === 'block_actions';
}

function isSubmission(args: Args): args is SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs {
  return 'view' in args && args.body.type === 'view_submission';
}

function isMessageShortcut(
  args: Args,
): args is SlackShortcutMiddlewareArgs<MessageShortcut> & AllMiddlewareArgs {
  return 'shortcut' in args && args.body.type === 'message_action';
}

function isHomeOpened(args: Args): args is SlackEventMiddlewareArgs<'app_home_opened'> & AllMiddlewareArgs {
  return 'event' in args && args.event.type === 'app_home_opened';
}

function isMention(args: Args): args is SlackEventMiddlewareArgs<'app_mention'> & AllMiddlewareArgs {
  return 'event' in args && args.event.type === 'app_mention';
}
