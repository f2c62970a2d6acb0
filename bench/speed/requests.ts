import { createHmac } from 'node:crypto';
import { ACTIONS, CARD_MENU, COMMAND, FIELDS, VIEWS } from '../../src/blocks/ids.ts';
import { encodeDecisionBlock, encodeIntake } from '../../src/blocks/metadata.ts';
import { CHOICES } from '../../src/decision/ballot.ts';
import { VOTE_ACTIONS } from '../../src/features/vote/message.ts';

export const SIGNING_SECRET = 'signing-secret-of-the-benchmark';
export const TEAM = 'T1';

/** What Slack sends, before it is signed. */
export interface Payload {
  readonly type: 'application/x-www-form-urlencoded' | 'application/json';
  readonly body: string;
}

/** The bytes of one signed request, as Slack sends them over a connection that stays open. */
export function signed({ type, body }: Payload, secret = SIGNING_SECRET): Buffer {
  const time = Math.floor(Date.now() / 1_000);
  const signature = createHmac('sha256', secret).update(`v0:${time}:${body}`).digest('hex');
  return Buffer.from(
    `POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\n` +
      `Accept: application/json,*/*\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `X-Slack-Request-Timestamp: ${time}\r\nX-Slack-Signature: v0=${signature}\r\n\r\n${body}`,
  );
}

/** What Slack sends of a click; the same over HTTP and over the socket. */
export type Interaction = Readonly<Record<string, unknown>>;

export function asForm(payload: Interaction): Payload {
  return {
    type: 'application/x-www-form-urlencoded',
    body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
  };
}

export interface Vote {
  readonly decision: string;
  readonly person: string;
  readonly choice: (typeof CHOICES)[number];
}

/** Vote number n: every person on their own card, each time for another choice, so that each one changes something. */
export function voteNumber(n: number, decisions: readonly string[], people = 1_000): Vote {
  const person = n % people;
  const choice = CHOICES[Math.floor(n / people + person) % CHOICES.length];
  const decision = decisions[person % decisions.length];
  if (choice === undefined || decision === undefined) throw new Error('nothing to vote on');
  return { decision, person: `U${person}`, choice };
}

/** A click on a vote button. */
export function click({ decision, person, choice }: Vote, replyUrl?: string): Interaction {
  const text = { type: 'plain_text', text: 'Vote', emoji: true };
  return pressed(decision, person, { type: 'button', action_id: VOTE_ACTIONS[choice], text }, replyUrl);
}

/** “Read the article” in a card's menu: the browser opens it, and Slack wants to hear that the app has noticed. */
export function articleOpened(person = 'U1'): Interaction {
  const selected_option = {
    text: { type: 'plain_text', text: 'Read the article', emoji: true },
    value: CARD_MENU.article,
  };
  return pressed('any', person, { type: 'overflow', action_id: ACTIONS.cardMenu, selected_option });
}

/** Something on a card is pressed, with all that Slack sends along except the message's own blocks. */
function pressed(decision: string, person: string, action: Interaction, replyUrl?: string): Interaction {
  return {
    type: 'block_actions',
    user: { id: person, username: person.toLowerCase(), name: person.toLowerCase(), team_id: TEAM },
    api_app_id: 'A1',
    token: 'unused',
    container: { type: 'message', message_ts: '1.1', channel_id: 'C1', is_ephemeral: false },
    trigger_id: '1.1.1',
    team: { id: TEAM, domain: 'bench' },
    enterprise: null,
    is_enterprise_install: false,
    channel: { id: 'C1', name: 'general' },
    message: { type: 'message', ts: '1.1', bot_id: 'B1', text: 'Django or Flask?' },
    state: { values: {} },
    ...(replyUrl === undefined ? {} : { response_url: replyUrl }),
    actions: [{ ...action, block_id: encodeDecisionBlock(decision), action_ts: '1.1' }],
  };
}

/** The slash command. Its trigger tells in Slack which dialog belongs to it. */
export function command(text: string, trigger: string, person = 'U1', channel = 'C1'): Payload {
  return {
    type: 'application/x-www-form-urlencoded',
    body: new URLSearchParams({
      token: 'unused',
      team_id: TEAM,
      team_domain: 'bench',
      channel_id: channel,
      channel_name: 'general',
      user_id: person,
      user_name: person.toLowerCase(),
      command: COMMAND,
      text,
      api_app_id: 'A1',
      is_enterprise_install: 'false',
      trigger_id: trigger,
    }).toString(),
  };
}

/** Somebody opens their Home tab. */
export function homeOpened(person: string, event: string): Payload {
  return {
    type: 'application/json',
    body: JSON.stringify({
      token: 'unused',
      team_id: TEAM,
      api_app_id: 'A1',
      type: 'event_callback',
      event_id: event,
      event_time: 1,
      event: { type: 'app_home_opened', user: person, channel: 'D1', tab: 'home', event_ts: '1.1' },
      authorizations: [{ team_id: TEAM, enterprise_id: null, user_id: 'U0', is_bot: true }],
    }),
  };
}

/** The dialog, submitted with the answers of a small product. Its channel tells in Slack which card belongs to it. */
export function submission(view: string, channel: string): Interaction {
  const answer = (trait: string, option: string): object => ({
    [trait]: { answer: { type: 'static_select', selected_option: { value: option } } },
  });
  return {
    type: 'view_submission',
    team: { id: TEAM, domain: 'bench' },
    user: { id: 'U1', username: 'u1', name: 'u1', team_id: TEAM },
    api_app_id: 'A1',
    token: 'unused',
    trigger_id: '1.1.1',
    is_enterprise_install: false,
    view: {
      id: view,
      team_id: TEAM,
      type: 'modal',
      callback_id: VIEWS.intake,
      private_metadata: encodeIntake({ page: 'first' }),
      blocks: [],
      hash: '1.1',
      state: {
        values: {
          [FIELDS.project.block]: { [FIELDS.project.action]: { type: 'plain_text_input', value: 'Billing' } },
          [FIELDS.channel.block]: {
            [FIELDS.channel.action]: { type: 'conversations_select', selected_conversation: channel },
          },
          ...answer('stage', 'product'),
          ...answer('size', 'grow'),
          ...answer('admin', 'yes'),
          ...answer('shape', 'unsure'),
        },
      },
    },
  };
}
