import type {
  App,
  BlockAction,
  Middleware,
  SlackActionMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';

type ActionListener = Middleware<SlackActionMiddlewareArgs<BlockAction>>;
type ViewListener = Middleware<SlackViewMiddlewareArgs<ViewSubmitAction>>;

/**
 * Finds the listener of a button or a dialog by its id. Bolt would ask every listener in turn whether a payload is for
 * it; with as many as there are here, that costs more than the rest of a request.
 */
export class Routes {
  readonly #actions = new Map<string, ActionListener>();
  readonly #views = new Map<string, ViewListener>();

  constructor(app: App) {
    app.action<BlockAction>({ type: 'block_actions' }, async (args) =>
      this.#actions.get(args.action.action_id)?.(args),
    );
    app.view<ViewSubmitAction>({ type: 'view_submission' }, async (args) =>
      this.#views.get(args.view.callback_id)?.(args),
    );
  }

  /** Somebody presses a button. */
  action(id: string, listener: ActionListener): void {
    add(this.#actions, id, listener);
  }

  /** Somebody submits a dialog. */
  view(callbackId: string, listener: ViewListener): void {
    add(this.#views, callbackId, listener);
  }
}

function add<L>(listeners: Map<string, L>, id: string, listener: L): void {
  if (listeners.has(id)) throw new Error(`two listeners for ${id}`);
  listeners.set(id, listener);
}
