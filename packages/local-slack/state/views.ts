import type { ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import { checkView } from '../rules/limits.ts';
import { addIds } from './ids.ts';
import type { Block } from './json.ts';
import { isObject, plainTextSchema } from './json.ts';
import { Refusal } from './refusal.ts';
import type { ViewState } from './view-state.ts';
import { initialState, mergeState } from './view-state.ts';
import type { Workspace } from './workspace.ts';

/** Slack's limit: one opened modal and two pushed ones. */
const MAX_STACK = 3;

const definition = z.object({
  type: z.enum(['modal', 'home']),
  title: plainTextSchema.default({ type: 'plain_text', text: '' }),
  submit: plainTextSchema.nullable().default(null),
  close: plainTextSchema.nullable().default(null),
  blocks: z.array(z.custom<Record<string, unknown>>(isObject)),
  private_metadata: z.string().default(''),
  callback_id: z.string().default(''),
  external_id: z.string().default(''),
  clear_on_close: z.boolean().default(false),
  notify_on_close: z.boolean().default(false),
});

/** A modal or Home tab that a person sees. */
export interface OpenView extends Omit<z.infer<typeof definition>, 'blocks'> {
  readonly id: string;
  readonly user: string;
  readonly hash: string;
  readonly blocks: readonly Block[];
  readonly state: ViewState;
  readonly rootViewId: string;
  readonly previousViewId: string | null;
  /** Channel from which the view was opened, if any. */
  readonly channel?: string;
  /** Errors from the last submission: block_id → text. */
  readonly errors: Readonly<Record<string, string>>;
}

/** Each person's stack of modals and Home tab. */
export class Views {
  readonly #workspace: Workspace;
  readonly #stacks = new Map<string, OpenView[]>();
  readonly #homes = new Map<string, OpenView>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Returns a person's modals, the top one last. */
  stackOf(user: string): readonly OpenView[] {
    return this.#stacks.get(user) ?? [];
  }

  homeOf(user: string): OpenView | undefined {
    return this.#homes.get(user);
  }

  get(id: string): OpenView {
    const view = this.#all().find((one) => one.id === id);
    if (view === undefined) throw new Refusal('not_found');
    return view;
  }

  byExternalId(id: string): OpenView {
    const view = this.#all().find((one) => one.external_id === id);
    if (view === undefined) throw new Refusal('not_found');
    return view;
  }

  /** Opens a modal. Replaces any open modals, as Slack's client does. */
  open(user: string, view: unknown, channel: string | undefined): OpenView {
    const opened = this.#create(user, view, 'modal', [], channel);
    this.#stacks.set(user, [opened]);
    return opened;
  }

  push(user: string, view: unknown): OpenView {
    const stack = this.stackOf(user);
    const top = stack.at(-1);
    if (top === undefined) throw new Refusal('not_found');
    if (stack.length >= MAX_STACK) throw new Refusal('push_limit_reached');
    const pushed = this.#create(user, view, 'modal', stack, top.channel);
    this.#stacks.set(user, [...stack, pushed]);
    return pushed;
  }

  update(id: string, view: unknown, hash: string | undefined): OpenView {
    const old = this.get(id);
    if (hash !== undefined && hash !== old.hash) throw new Refusal('hash_conflict');
    const parsed = this.#parse(view, old.type, id);
    const updated: OpenView = {
      ...old,
      ...parsed,
      hash: this.#newHash(),
      state: mergeState(old.state, parsed.blocks, old.channel),
      errors: {},
    };
    this.#put(updated);
    return updated;
  }

  publish(user: string, view: unknown, hash: string | undefined): OpenView {
    const old = this.#homes.get(user);
    if (old !== undefined) return this.update(old.id, view, hash);
    const home = this.#create(user, view, 'home', [], undefined);
    this.#homes.set(user, home);
    return home;
  }

  /** Stores a person's input. The hash stays, because only the app's updates change it. */
  setState(id: string, state: ViewState): void {
    this.#put({ ...this.get(id), state, errors: {} });
  }

  setErrors(id: string, errors: Readonly<Record<string, string>>): void {
    this.#put({ ...this.get(id), errors });
  }

  /** Closes one view, or with `clear` the whole stack. */
  close(id: string, clear = false): void {
    const { user } = this.get(id);
    const stack = this.stackOf(user);
    this.#stacks.set(user, clear ? [] : stack.filter((one) => one.id !== id));
  }

  #create(
    user: string,
    view: unknown,
    type: OpenView['type'],
    below: readonly OpenView[],
    channel: string | undefined,
  ): OpenView {
    const parsed = this.#parse(view, type, null);
    const id = this.#workspace.newId('V');
    return {
      ...parsed,
      id,
      user,
      hash: this.#newHash(),
      state: initialState(parsed.blocks, channel),
      rootViewId: below[0]?.id ?? id,
      previousViewId: below.at(-1)?.id ?? null,
      ...(channel === undefined ? {} : { channel }),
      errors: {},
    };
  }

  #parse(view: unknown, type: OpenView['type'], self: string | null) {
    const problems = checkView(view);
    const first = problems.find(({ code }) => code === 'view_too_large') ?? problems[0];
    if (first !== undefined) {
      const messages = problems.map(({ message }) => message);
      throw new Refusal(first.code, { response_metadata: { messages } });
    }
    const parsed = definition.parse(view);
    if (parsed.type !== type) throw new Refusal('invalid_arguments');
    const taken = this.#all().some((one) => one.external_id === parsed.external_id && one.id !== self);
    if (parsed.external_id !== '' && taken) throw new Refusal('duplicate_external_id');
    return { ...parsed, blocks: addIds(parsed.blocks, this.#workspace.newId) };
  }

  #newHash(): string {
    return `${Math.floor(this.#workspace.now() / 1000)}.${this.#workspace.newId('')}`;
  }

  #all(): OpenView[] {
    return [...[...this.#stacks.values()].flat(), ...this.#homes.values()];
  }

  #put(view: OpenView): void {
    const replaced = (one: OpenView): OpenView => (one.id === view.id ? view : one);
    if (view.type === 'home') this.#homes.set(view.user, view);
    else this.#stacks.set(view.user, this.stackOf(view.user).map(replaced));
  }
}

/** Returns a view as Slack shows it in payloads and responses. view_closed comes without the state. */
export function viewOutput(view: OpenView, workspace: Workspace, withState = true): ViewOutput {
  const { id, hash, type, title, submit, close, callback_id, external_id, private_metadata } = view;
  return {
    id,
    team_id: workspace.team.id,
    app_id: workspace.bot.appId,
    app_installed_team_id: workspace.team.id,
    bot_id: workspace.bot.botId,
    type,
    title: { ...title, emoji: title.emoji ?? true },
    submit: submit === null ? null : { ...submit, emoji: submit.emoji ?? true },
    close: close === null ? null : { ...close, emoji: close.emoji ?? true },
    blocks: [...view.blocks],
    private_metadata,
    callback_id,
    external_id,
    state: { values: withState ? structuredClone(view.state) : {} },
    hash,
    clear_on_close: view.clear_on_close,
    notify_on_close: view.notify_on_close,
    root_view_id: view.rootViewId,
    previous_view_id: view.previousViewId,
  };
}
