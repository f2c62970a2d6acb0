import { messageStateKey } from '../state/message-state.ts';
import { type Ephemeral, isEphemeral, type Message } from '../state/messages.ts';
import type { DeliveryResult } from '../state/record.ts';
import { Refusal } from '../state/refusal.ts';
import type { OfferedOptions } from '../state/suggestions.ts';
import type { ViewState } from '../state/view-state.ts';
import type { OpenView } from '../state/views.ts';
import type { Channel, User } from '../state/workspace.ts';
import { applyCommandAck, applySubmissionAck } from './ack.ts';
import { clickMessage, clickView } from './click.ts';
import { type Entries, enterInMessage, fillIn, findInputProblems } from './fill.ts';
import { commandPayload, eventPayload, globalShortcutPayload, shortcutPayload } from './payloads.ts';
import type { Click, PersonDeps } from './person-options.ts';
import { findElement } from './press.ts';
import { type PostedMessage, say } from './say.ts';
import { suggestInMessage, suggestInView } from './suggest.ts';
import { grantForChannel, newResponseUrls, newViewTrigger } from './triggers.ts';
import { UserFacingError } from './user-facing-error.ts';
import { closedPayload, submissionPayload } from './view-payloads.ts';

/** A person who uses Slack's client. Methods throw for actions that the client wouldn't allow. */
export class Person {
  readonly id: string;
  readonly #options: PersonDeps;

  constructor(id: string, options: PersonDeps) {
    this.id = id;
    this.#options = options;
    this.#user();
  }

  /** Runs a command in a channel. Slack has no commands in threads. */
  async command(name: string, text: string, at: { readonly channel: string }): Promise<DeliveryResult> {
    const { world, deliveries, responseUrl } = this.#options;
    const channel = this.#channel(at.channel);
    this.#checkOffered(`${name} is not a valid command.`);
    const grants = grantForChannel(this.id, channel.id, world, responseUrl);
    const payload = commandPayload(world.workspace, this.#user(), channel, name, text, grants);
    const answer = await deliveries.send('command', payload);
    return this.#apply(answer, () => applyCommandAck(answer, this.id, channel.id, world));
  }

  /** Returns the person's top modal. */
  view(): OpenView {
    const view = this.views().at(-1);
    if (view === undefined) throw new Error(`${this.id} sees no modal`);
    return view;
  }

  views(): readonly OpenView[] {
    return this.#options.world.views.stackOf(this.id);
  }

  home(): OpenView | undefined {
    return this.#options.world.views.homeOf(this.id);
  }

  /** Fills in a modal without submitting it. Fields without an entry keep their values. */
  fill(entries: Entries, viewId = this.view().id): void {
    const view = this.#own(viewId);
    const { views, suggestions } = this.#options.world;
    views.setState(
      viewId,
      fillIn(view, entries, (placed) => suggestions.allOffered(viewId, placed)),
    );
    this.#options.onChange();
  }

  /** Fills in a modal and submits it. Throws if Slack's client wouldn't submit it. */
  async submit(entries: Entries = {}, viewId = this.view().id): Promise<DeliveryResult> {
    const { world, deliveries, responseUrl } = this.#options;
    if (this.view().id !== viewId) throw new Error('only the modal on top can be submitted');
    this.fill(entries, viewId);
    const view = this.#own(viewId);
    if (view.submit === null) throw new Error('the modal has no submit button');
    const wrong = findInputProblems(view);
    if (wrong.length > 0) throw new Error(`the client would not submit: ${wrong.join(', ')}`);
    const trigger = newViewTrigger(view, world);
    const urls = newResponseUrls(view, world, responseUrl);
    const payload = submissionPayload(world.workspace, this.#user(), view, trigger, urls);
    const answer = await deliveries.send('interactive', payload);
    return this.#apply(answer, () => {
      // While the app handled the submission, it may have closed the view.
      if (this.views().some(({ id }) => id === viewId)) applySubmissionAck(view, answer, world);
    });
  }

  /** Closes the top modal, or all with `all`. Slack notifies the app of views with `notify_on_close`. */
  async close(all = false): Promise<DeliveryResult[]> {
    const { world, deliveries } = this.#options;
    const cleared = all || this.view().clear_on_close;
    const closing = cleared ? [...this.views()].reverse() : [this.view()];
    for (const view of closing) world.views.close(view.id);
    this.#options.onChange();
    const heard = closing.filter((view) => view.notify_on_close);
    const payloads = heard.map((view) => closedPayload(world.workspace, this.#user(), view, cleared));
    return Promise.all(payloads.map((payload) => deliveries.send('interactive', payload)));
  }

  /** Clicks a button in a message, or chooses in one of its menus. */
  async click(message: Message | Ephemeral, actionId: string, click: Click = {}): Promise<DeliveryResult> {
    const channel = this.#channel(message.channel);
    const seen = this.#onScreen(message);
    return clickMessage(this.#options, this.#user(), channel, { message, seen }, actionId, click);
  }

  /** Clicks a button in a modal or in the Home tab, or chooses in one of their menus. */
  async clickInView(actionId: string, click: Click = {}, viewId = this.view().id): Promise<DeliveryResult> {
    return clickView(this.#options, this.#user(), this.#own(viewId), actionId, click);
  }

  /** Types into a view's external select. Resolves to the app's options. */
  async suggest(actionId: string, typed: string, at: { blockId?: string; viewId?: string } = {}) {
    const view = this.#own(at.viewId ?? this.view().id);
    return suggestInView(
      this.#options,
      this.#user(),
      view,
      findElement(view.blocks, actionId, at.blockId),
      typed,
    );
  }

  /** Types into a message's external select. Resolves to the app's options. */
  async suggestInMessage(message: Message | Ephemeral, actionId: string, typed: string, blockId?: string) {
    const current = this.#onScreen(message);
    const channel = this.#channel(message.channel);
    const at = { channel, message, shown: isEphemeral(current) ? null : current };
    const placed = findElement(current.blocks, actionId, blockId);
    return suggestInMessage(this.#options, this.#user(), at, placed, typed);
  }

  /** Fills in fields of a message. The app gets the values with the next click there. */
  enter(message: Message | Ephemeral, entries: Entries): void {
    enterInMessage(
      this.#options.world,
      this.id,
      { ...message, blocks: this.#onScreen(message).blocks },
      entries,
    );
    this.#options.onChange();
  }

  /** Returns this person's input in a message, and the options that the app supplied for its selects. */
  messageInput(message: Message | Ephemeral): {
    readonly state: ViewState;
    readonly offers: readonly OfferedOptions[];
  } {
    const { messageStates, suggestions } = this.#options.world;
    return {
      state: messageStates.of(this.id, message),
      offers: suggestions.latestOffers(messageStateKey(this.id, message)),
    };
  }

  offersInView(viewId: string): readonly OfferedOptions[] {
    return this.#options.world.suggestions.latestOffers(viewId);
  }

  /** Uses a global shortcut, which has no channel. */
  async globalShortcut(callbackId: string): Promise<DeliveryResult> {
    const { world, deliveries } = this.#options;
    this.#checkOffered('This shortcut isn’t available.');
    const trigger = world.grants.newTrigger({ user: this.id });
    const payload = globalShortcutPayload(world.workspace, this.#user(), callbackId, trigger);
    return deliveries.send('interactive', payload);
  }

  /** Uses a shortcut from a message's menu. */
  async shortcut(callbackId: string, message: Message): Promise<DeliveryResult> {
    const { world, deliveries, responseUrl } = this.#options;
    const channel = this.#channel(message.channel);
    this.#checkOffered('This shortcut isn’t available.');
    const grants = grantForChannel(this.id, channel.id, world, responseUrl);
    return deliveries.send(
      'interactive',
      shortcutPayload(world.workspace, this.#user(), channel, message, callbackId, grants),
    );
  }

  /** Posts a message. Slack sends `app_mention` if the text mentions the bot and the bot is a member. */
  async say(
    text: string,
    at: { readonly channel: string; readonly threadTs?: string },
  ): Promise<PostedMessage> {
    return say(this.#options, this.id, this.#channel(at.channel), text, at.threadTs);
  }

  /** Joins a public channel of the person's own workspace. Throws if they may not. */
  join(channelId: string): void {
    const { world, onChange } = this.#options;
    const channel = this.#channel(channelId);
    if (!world.workspace.canJoin(this.id, channel)) {
      throw new UserFacingError('You can’t join this channel. Ask a member to invite you.');
    }
    channel.members.add(this.id);
    onChange();
  }

  /** Opens a tab of the app's Home. */
  async openHome(tab: 'home' | 'messages' = 'home'): Promise<DeliveryResult> {
    const { workspace } = this.#options.world;
    this.#checkOffered('The app has no Home tab for you.');
    const channel = workspace.directMessage(this.id);
    const event_ts = workspace.newTs();
    const event = { type: 'app_home_opened', user: this.id, channel: channel.id, tab, event_ts };
    return this.#options.deliveries.send('event', eventPayload(workspace, event, channel));
  }

  /** True if the app is installed and the person belongs to this workspace. */
  canUseApp(): boolean {
    const { tokens, workspace } = this.#options.world;
    return tokens.isInstalled && workspace.isInTeam(this.id);
  }

  #checkOffered(otherwise: string): void {
    if (!this.canUseApp()) throw new UserFacingError(otherwise);
  }

  #user(): User {
    return this.#options.world.workspace.user(this.id);
  }

  #channel(id: string): Channel {
    return this.#options.world.workspace.visibleTo(this.id, id);
  }

  #own(viewId: string): OpenView {
    const view = this.#options.world.views.get(viewId);
    if (view.user !== this.id) throw new Error(`${this.id} does not see view ${viewId}`);
    return view;
  }

  #onScreen(message: Message | Ephemeral): Message | Ephemeral {
    const { messages } = this.#options.world;
    if (!isEphemeral(message)) return messages.get(message.channel, message.ts);
    const current = messages.findEphemeral(this.id, message.ts);
    if (current === undefined) throw new Error(`${this.id} does not see that ephemeral message`);
    return current;
  }

  /** Applies the app's response. Slack's refusals become complaints. */
  #apply(answer: DeliveryResult, effect: () => void): DeliveryResult {
    try {
      effect();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#options.onComplaint(`${error.code} ${JSON.stringify(error.more)}`);
    }
    this.#options.onChange();
    return answer;
  }
}
