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
import { grantForChannel, newResponseUrls, newViewTrigger } from './hand-out.ts';
import { commandPayload, eventPayload, globalShortcutPayload, shortcutPayload } from './payloads.ts';
import type { Click, PersonOptions } from './person-options.ts';
import { findElement } from './press.ts';
import { type PostedMessage, say } from './say.ts';
import { suggest, suggestInMessage } from './suggest.ts';
import { UserFacingError } from './told.ts';
import { closedPayload, submissionPayload } from './view-payloads.ts';

/** Somebody in front of Slack. Does only what the client would let them do, and throws otherwise. */
export class Person {
  readonly id: string;
  readonly #options: PersonOptions;

  constructor(id: string, options: PersonOptions) {
    this.id = id;
    this.#options = options;
    this.#user();
  }

  /** Types a command into a channel; not in a thread, where Slack has no commands. */
  async command(name: string, text: string, at: { readonly channel: string }): Promise<DeliveryResult> {
    const { world, deliveries, responseUrl } = this.#options;
    const channel = this.#channel(at.channel);
    this.#checkOffered(`${name} is not a valid command.`);
    const grants = grantForChannel(this.id, channel.id, world, responseUrl);
    const payload = commandPayload(world.workspace, this.#user(), channel, name, text, grants);
    const answer = await deliveries.send('command', payload);
    return this.#apply(answer, () => applyCommandAck(answer, this.id, channel.id, world));
  }

  /** The modal on top. */
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

  /** Fills in a modal without sending it. What is not named stays as it is. */
  fill(entries: Entries, viewId = this.view().id): void {
    const view = this.#own(viewId);
    const { views, suggestions } = this.#options.world;
    views.setState(
      viewId,
      fillIn(view, entries, (placed) => suggestions.allOffered(viewId, placed)),
    );
    this.#options.onChange();
  }

  /** Fills in a modal and presses Submit. Throws where the client would not let it go. */
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
      // The app may have had its time to do something with the view: it need not be there any more.
      if (this.views().some(({ id }) => id === viewId)) applySubmissionAck(view, answer, world);
    });
  }

  /** Closes the modal on top by its x, or with `all` the whole stack. The app hears of it where it asked to. */
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

  /** Presses a button of a message, or chooses in one of its menus. */
  async click(message: Message | Ephemeral, actionId: string, click: Click = {}): Promise<DeliveryResult> {
    const channel = this.#channel(message.channel);
    const seen = this.#onScreen(message);
    return clickMessage(this.#options, this.#user(), channel, { message, seen }, actionId, click);
  }

  /** Presses a button in a modal or in the Home tab, or chooses in a menu of it. */
  async clickInView(actionId: string, click: Click = {}, viewId = this.view().id): Promise<DeliveryResult> {
    return clickView(this.#options, this.#user(), this.#own(viewId), actionId, click);
  }

  /** Types into an external select of a view; resolves to the options that the app offers for it. */
  async suggest(actionId: string, typed: string, at: { blockId?: string; viewId?: string } = {}) {
    const view = this.#own(at.viewId ?? this.view().id);
    return suggest(this.#options, this.#user(), view, findElement(view.blocks, actionId, at.blockId), typed);
  }

  /** The same in a message. */
  async suggestInMessage(message: Message | Ephemeral, actionId: string, typed: string, blockId?: string) {
    const current = this.#onScreen(message);
    const channel = this.#channel(message.channel);
    const at = { channel, message, shown: isEphemeral(current) ? null : current };
    const placed = findElement(current.blocks, actionId, blockId);
    return suggestInMessage(this.#options, this.#user(), at, placed, typed);
  }

  /** Fills in fields of a message; the app hears of it with the next thing that is pressed there. */
  enter(message: Message | Ephemeral, entries: Entries): void {
    enterInMessage(
      this.#options.world,
      this.id,
      { ...message, blocks: this.#onScreen(message).blocks },
      entries,
    );
    this.#options.onChange();
  }

  /** What this person has chosen in a message, and what the app has offered them there. */
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

  /** Uses a global shortcut, from nowhere in particular. */
  async globalShortcut(callbackId: string): Promise<DeliveryResult> {
    const { world, deliveries } = this.#options;
    this.#checkOffered('This shortcut is not there.');
    const trigger = world.grants.newTrigger({ user: this.id });
    const payload = globalShortcutPayload(world.workspace, this.#user(), callbackId, trigger);
    return deliveries.send('interactive', payload);
  }

  /** Uses a message shortcut. */
  async shortcut(callbackId: string, message: Message): Promise<DeliveryResult> {
    const { world, deliveries, responseUrl } = this.#options;
    const channel = this.#channel(message.channel);
    this.#checkOffered('This shortcut is not there.');
    const grants = grantForChannel(this.id, channel.id, world, responseUrl);
    return deliveries.send(
      'interactive',
      shortcutPayload(world.workspace, this.#user(), channel, message, callbackId, grants),
    );
  }

  /** Writes a message. Where it mentions the bot and the bot is there, the app gets `app_mention`. */
  async say(
    text: string,
    at: { readonly channel: string; readonly threadTs?: string },
  ): Promise<PostedMessage> {
    return say(this.#options, this.id, this.#channel(at.channel), text, at.threadTs);
  }

  /** Joins a public channel of their own workspace. Throws where they may not. */
  join(channelId: string): void {
    const { world, onChange } = this.#options;
    const channel = this.#channel(channelId);
    if (!world.workspace.canJoin(this.id, channel)) {
      throw new UserFacingError('You cannot join this channel; ask somebody in it to invite you.');
    }
    channel.members.add(this.id);
    onChange();
  }

  /** Opens the app's Home. */
  async openHome(tab: 'home' | 'messages' = 'home'): Promise<DeliveryResult> {
    const { workspace } = this.#options.world;
    this.#checkOffered('The app has no Home for you.');
    const channel = workspace.directMessage(this.id);
    const event_ts = workspace.newTs();
    const event = { type: 'app_home_opened', user: this.id, channel: channel.id, tab, event_ts };
    return this.#options.deliveries.send('event', eventPayload(workspace, event, channel));
  }

  /** An app's command, shortcuts and Home are there while it is installed, and for its own workspace only. */
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

  /** Lets an answer take effect; what Slack would not make sense of becomes a complaint. */
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
