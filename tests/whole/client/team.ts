// What people do with the bot, as the requests that Slack would send.
import { expect } from 'vitest';
import type { RunningBot } from './bot.ts';
import { type Control, controlsIn, type Who } from './requests.ts';
import type { Call, FakeSlack, JsonObject } from './slack.ts';

export const ANA: Who = { user: 'U0ANA' };
export const BOB: Who = { user: 'U0BOB' };
export const CAT: Who = { user: 'U0CAT' };
export const ADMIN: Who = { user: 'U0ADMIN' };

/** A card that the bot posted. */
export interface Card {
  readonly ts: string;
  readonly decision: string;
  /** As it was posted first. */
  readonly call: Call;
}

/** Types the command and resolves to the dialog that it opens. */
export async function commandDialog(
  bot: RunningBot,
  slack: FakeSlack,
  who: Who,
  project: string,
): Promise<JsonObject> {
  const opened = slack.of('views.open').length;
  expect((await bot.requests.command(who, project)).status).toBe(200);
  return (await slack.until((call) => call === slack.of('views.open')[opened])).args.view as JsonObject;
}

/** Types the command, fills in the dialog and submits it; resolves once the card is posted. */
export async function ask(
  bot: RunningBot,
  slack: FakeSlack,
  who: Who,
  {
    project = 'Billing portal',
    answers = { stage: 'mvp', admin: 'yes' },
    deciders,
    values = {},
  }: {
    readonly project?: string;
    readonly answers?: Readonly<Record<string, string>>;
    readonly deciders?: readonly string[];
    readonly values?: JsonObject;
  } = {},
): Promise<Card> {
  const view = await commandDialog(bot, slack, who, project);
  const before = slack.of('chat.postMessage').length;
  const submitted = await bot.requests.submit(who, view, {
    project: { name: { type: 'plain_text_input', value: project } },
    channel: {
      conversation: { type: 'conversations_select', selected_conversation: who.channel ?? 'C0WEB' },
    },
    ...(deciders === undefined
      ? {}
      : { deciders: { users: { type: 'multi_users_select', selected_users: [...deciders] } } }),
    ...Object.fromEntries(
      Object.entries(answers).map(([trait, value]) => [
        trait,
        { answer: { type: 'static_select', selected_option: { value } } },
      ]),
    ),
    ...values,
  });
  expect(submitted).toEqual({ status: 200, body: null });
  const isCard = (call: Call): boolean =>
    call.method === 'chat.postMessage' &&
    slack.of('chat.postMessage').indexOf(call) >= before &&
    controlsIn(call.args).some(({ element }) => element.action_id === 'vote_django');
  const call = await slack.until(isCard);
  return { ts: String(call.answer?.ts), decision: decisionIn(call.args), call };
}

/** The id that the blocks with buttons carry. */
export function decisionIn(surface: JsonObject): string {
  const block = controlsIn(surface).find((control) => control.block.startsWith('decision:'));
  return block?.block.split(':')[1] ?? '';
}

/** The control with this action id, and this value if it is a menu entry. */
export function control(surface: JsonObject, action: string, value?: string): Control {
  const found = controlsIn(surface).find(
    ({ element }) =>
      element.action_id === action &&
      (value === undefined ||
        (Array.isArray(element.options) && (element.options[0] as JsonObject | undefined)?.value === value)),
  );
  if (!found) throw new Error(`no ${action} ${value ?? ''} there`);
  return found;
}

/** Presses a control of a card, and resolves to the dialog that it opens. */
export async function openFrom(
  bot: RunningBot,
  slack: FakeSlack,
  who: Who,
  pressed: Control,
  ts: string | null,
): Promise<JsonObject> {
  const opened = slack.of('views.open').length;
  expect((await bot.requests.press(who, pressed, ts)).status).toBe(200);
  return (await slack.until((call) => call === slack.of('views.open')[opened])).args.view as JsonObject;
}
