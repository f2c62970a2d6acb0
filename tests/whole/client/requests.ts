// Slack's requests to an app, built and signed from Slack's documentation. Shares no code with the bot.
import { createHmac } from 'node:crypto';
import type { Json, JsonObject } from './slack.ts';

export const SIGNING_SECRET = 'independent-client-secret';

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function signatureHeaders(
  body: string,
  { secret = SIGNING_SECRET, at = Date.now() }: { readonly secret?: string; readonly at?: number } = {},
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000));
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}

export interface Answer {
  readonly status: number;
  /** The body as JSON; null if it is empty, a string if it is not JSON. */
  readonly body: Json;
}

/** Where a person clicks, and who they are. */
export interface Who {
  readonly user: string;
  readonly team?: string;
  readonly channel?: string;
}

/** Sends what Slack sends when people use an app. */
export class SlackRequests {
  readonly #url: string;
  readonly #responseUrl: () => string;
  readonly #at: () => number;
  // Shared by all instances of a bot, because Slack never gives out an id twice.
  static #triggers = 0;
  static #views = 0;

  /**
   * @param url where the bot listens, with /slack/events
   * @param responseUrl makes an address for private replies
   * @param at the time that requests are signed with, in milliseconds since 1970
   */
  constructor(url: string, responseUrl: () => string, at: () => number = Date.now) {
    this.#url = url;
    this.#responseUrl = responseUrl;
    this.#at = at;
  }

  /** Posts a form or JSON body as it is, with a valid signature. */
  async send(body: string, type = 'application/x-www-form-urlencoded'): Promise<Answer> {
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: { 'content-type': type, ...signatureHeaders(body, { at: this.#at() }) },
      body,
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : parsed(text) };
  }

  command(who: Who, text = ''): Promise<Answer> {
    const { user, team = 'T0ONE', channel = 'C0WEB' } = who;
    return this.send(
      new URLSearchParams({
        command: '/django-or-flask',
        text,
        team_id: team,
        user_id: user,
        channel_id: channel,
        trigger_id: this.#trigger(),
        response_url: this.#responseUrl(),
      }).toString(),
    );
  }

  /**
   * Presses a control.
   *
   * @param element as the bot sent it; only its ids, type, and value count
   * @param ts of the message it is in; null for a private message
   */
  press(who: Who, { block, element }: Control, ts: string | null, more: JsonObject = {}): Promise<Answer> {
    const { channel = 'C0WEB' } = who;
    const option = Array.isArray(element.options) ? element.options.at(0) : undefined;
    return this.payload({
      type: 'block_actions',
      ...this.#person(who),
      trigger_id: this.#trigger(),
      response_url: this.#responseUrl(),
      channel: { id: channel, name: 'web' },
      container: {
        type: 'message',
        message_ts: ts ?? '1700000000.000001',
        channel_id: channel,
        is_ephemeral: ts === null,
      },
      actions: [
        {
          type: element.type ?? 'button',
          action_id: element.action_id ?? '',
          block_id: block,
          action_ts: '1700000000.000002',
          ...(element.value === undefined ? {} : { value: element.value }),
          ...(option === undefined ? {} : { selected_option: option }),
        },
      ],
      ...more,
    });
  }

  /**
   * Submits a dialog as the bot opened it. Fields keep what the bot put into them, except those in `values`: block id →
   * action id → what Slack reports for it.
   */
  submit(who: Who, view: JsonObject, values: JsonObject = {}, id?: string): Promise<Answer> {
    const { channel = 'C0WEB' } = who;
    return this.payload({
      type: 'view_submission',
      ...this.#person(who),
      trigger_id: this.#trigger(),
      response_urls: [
        {
          response_url: this.#responseUrl(),
          channel_id: channel,
          block_id: 'channel',
          action_id: 'conversation',
        },
      ],
      view: {
        id: id ?? `V9${++SlackRequests.#views}`,
        type: 'modal',
        callback_id: view.callback_id ?? '',
        private_metadata: view.private_metadata ?? '',
        blocks: view.blocks ?? [],
        hash: '1700000000.abc',
        team_id: who.team ?? 'T0ONE',
        app_installed_team_id: who.team ?? 'T0ONE',
        state: { values: { ...initialState(view, channel), ...values } },
      },
    });
  }

  event(
    team: string,
    event: JsonObject,
    { id = `Ev${++SlackRequests.#views}`, at = this.#at() } = {},
  ): Promise<Answer> {
    const body = {
      type: 'event_callback',
      team_id: team,
      event_id: id,
      event_time: Math.floor(at / 1_000),
      authorizations: [{ team_id: team, user_id: 'U0BOT', is_bot: true, is_enterprise_install: false }],
      event,
    };
    return this.send(JSON.stringify(body), 'application/json');
  }

  payload(payload: JsonObject): Promise<Answer> {
    return this.send(new URLSearchParams({ payload: JSON.stringify(payload) }).toString());
  }

  #person({ user, team = 'T0ONE' }: Who): JsonObject {
    return {
      user: { id: user, team_id: team, username: user.toLowerCase() },
      team: { id: team, domain: team.toLowerCase() },
      is_enterprise_install: false,
      enterprise: null,
      api_app_id: 'A0APP',
    };
  }

  #trigger(): string {
    SlackRequests.#triggers += 1;
    return `${SlackRequests.#triggers}.1700000000.abcdef`;
  }
}

/** What Slack reports for each kind of field, and where the field says what it starts with. */
const FIELDS: Readonly<Record<string, readonly [reported: string, initial: string, none: Json]>> = {
  plain_text_input: ['value', 'initial_value', null],
  static_select: ['selected_option', 'initial_option', null],
  radio_buttons: ['selected_option', 'initial_option', null],
  checkboxes: ['selected_options', 'initial_options', []],
  conversations_select: ['selected_conversation', 'initial_conversation', null],
  multi_users_select: ['selected_users', 'initial_users', []],
  datepicker: ['selected_date', 'initial_date', null],
  datetimepicker: ['selected_date_time', 'initial_date_time', null],
};

/** The state of a dialog's fields before anyone touches them. */
function initialState(view: JsonObject, channel: string): JsonObject {
  const values: JsonObject = {};
  for (const { block, element } of controlsIn(view.blocks ?? [])) {
    const type = String(element.type);
    const [reported, initial, none] = FIELDS[type] ?? [];
    if (reported === undefined || initial === undefined) continue;
    const current = element.default_to_current_conversation === true ? channel : (none ?? null);
    values[block] = { [String(element.action_id)]: { type, [reported]: element[initial] ?? current } };
  }
  return values;
}

/** Something in a message or view that a person can use. */
export interface Control {
  /** Id of the block it is in. */
  readonly block: string;
  readonly element: JsonObject;
}

/** Every control in a message or view, in order; an overflow menu once for each entry. */
export function controlsIn(surface: Json): Control[] {
  const found: Control[] = [];
  const walk = (node: Json, block: string): void => {
    if (Array.isArray(node)) {
      for (const each of node) walk(each, block);
      return;
    }
    if (node === null || typeof node !== 'object') return;
    const inBlock = typeof node.block_id === 'string' ? node.block_id : block;
    if (typeof node.action_id === 'string') {
      const options = node.type === 'overflow' && Array.isArray(node.options) ? node.options : [null];
      for (const option of options) {
        found.push({ block: inBlock, element: option === null ? node : { ...node, options: [option] } });
      }
      return;
    }
    for (const each of Object.values(node)) walk(each, inBlock);
  };
  walk(surface, '');
  return found;
}

/** Fills in every field of a dialog, in the form that `submit` takes. */
export function filledIn(view: JsonObject): JsonObject {
  const values: JsonObject = {};
  for (const block of Array.isArray(view.blocks) ? view.blocks : []) {
    if (block === null || typeof block !== 'object' || Array.isArray(block)) continue;
    const { element } = block;
    if (block.type !== 'input' || element === null || typeof element !== 'object' || Array.isArray(element)) {
      continue;
    }
    values[String(block.block_id)] = {
      [String(element.action_id)]: { type: element.type ?? '', ...entered(element) },
    };
  }
  return values;
}

function entered(element: JsonObject): JsonObject {
  const options = Array.isArray(element.options) ? element.options : [];
  switch (element.type) {
    case 'plain_text_input':
      return { value: element.initial_value ?? 'Some words' };
    case 'static_select':
      return { selected_option: options.at(1) ?? null };
    case 'radio_buttons':
      return { selected_option: element.initial_option ?? options.at(0) ?? null };
    case 'checkboxes':
      return { selected_options: element.initial_options ?? [] };
    case 'multi_users_select':
      return { selected_users: element.initial_users ?? [] };
    case 'conversations_select':
      return { selected_conversation: element.initial_conversation ?? 'C0WEB' };
    case 'datepicker':
      return { selected_date: element.initial_date ?? null };
    default:
      return {};
  }
}

/** All text in a message, view or answer, joined by spaces. */
export function textIn(surface: Json): string {
  if (typeof surface === 'string') return surface;
  if (surface === null || typeof surface !== 'object') return '';
  return (Array.isArray(surface) ? surface : Object.values(surface)).map(textIn).join(' ');
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
