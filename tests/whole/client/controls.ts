// Everything that people can use: buttons, menu entries and dialogs, as the bot sent them.
import type { RunningBot } from './bot.ts';
import { type Answer, type Control, controlsIn, filledIn, type Who } from './requests.ts';
import type { Call, FakeSlack, JsonObject } from './slack.ts';

/** Something a person can use. ID stands for the decision's id, so that it can be used on another decision. */
export type Usable =
  | { readonly kind: 'control'; readonly name: string; readonly control: Control }
  | { readonly kind: 'dialog'; readonly name: string; readonly view: JsonObject };

export const ID = 'ID-OF-THE-DECISION';

/** Every button and menu entry in a message, and every dialog that can be submitted. */
export function usableIn(surface: JsonObject, ids: readonly string[]): Usable[] {
  const anonymous: JsonObject = JSON.parse(
    ids.reduce((text, id) => text.replaceAll(id, ID), JSON.stringify(surface)),
  );
  if (anonymous.type === 'modal' && anonymous.submit !== undefined) {
    const fields = Object.keys(filledIn(anonymous));
    const about = `${anonymous.private_metadata}`.replace(/"choice":"\w+"/, '');
    const name = `dialog ${anonymous.callback_id} with ${about} and ${fields}`;
    // Fields of a dialog do nothing until it is submitted.
    const buttons = controlsIn(anonymous).filter(({ element }) => element.type === 'button');
    return [{ kind: 'dialog', name, view: anonymous }, ...buttons.map(asUsable)];
  }
  return controlsIn(anonymous).map(asUsable);
}

function asUsable(found: Control): Usable {
  const { action_id, options } = found.element;
  const [option] = Array.isArray(options) ? options : [];
  const name = `${action_id} ${option ? (option as JsonObject).value : ''} in ${found.block}`;
  return { kind: 'control', name, control: found };
}

/** True if it names a decision. */
export const isAboutDecision = (usable: Usable): boolean => JSON.stringify(usable).includes(ID);
/** The same thing for another decision. */
export const on = <T>(about: T, id: string): T => JSON.parse(JSON.stringify(about).replaceAll(ID, id));

/** One use of something, and what the person got. */
export interface Used {
  readonly answer: Answer;
  /** Calls that tell this person something. */
  readonly told: readonly Call[];
  readonly ms: number;
}

/** A bot and its Slack. */
export class Scene {
  readonly slack: FakeSlack;
  readonly bot: RunningBot;
  #counted = 0;
  #interactions = 0;

  constructor(slack: FakeSlack, bot: RunningBot) {
    this.slack = slack;
    this.bot = bot;
  }

  async use(usable: Usable, who: Who, ts: string | null = '1700000001.000100'): Promise<Used> {
    const { slack, bot } = this;
    const [before, done] = [slack.calls.length, this.#handled()];
    const begun = performance.now();
    const answer =
      usable.kind === 'control'
        ? await bot.requests.press(who, usable.control, ts)
        : await bot.requests.submit(who, usable.view, filledIn(usable.view));
    const ms = performance.now() - begun;
    await until(() => this.#handled() > done);
    const told = slack.calls.slice(before).filter(({ method, args }) => {
      if (method === 'chat.postEphemeral') return args.user === who.user;
      if (method === 'views.publish') return args.user_id === who.user;
      return ['response_url', 'views.open', 'views.push', 'views.update'].includes(method);
    });
    return { answer, told, ms };
  }

  errors(): readonly JsonObject[] {
    return this.bot.log.filter(({ level }) => level === 'error' || level === 'fatal');
  }

  /** Counts interactions in the log. Each line is read once. */
  #handled(): number {
    const { log } = this.bot;
    for (; this.#counted < log.length; this.#counted += 1) {
      if (log[this.#counted]?.msg === 'interaction') this.#interactions += 1;
    }
    return this.#interactions;
  }
}

/** Resolves once `holds` does; rejects after ten seconds. */
export async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error('nothing happened for ten seconds');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
