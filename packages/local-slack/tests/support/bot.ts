import { App, HTTPReceiver, type Logger, LogLevel, type types } from '@slack/bolt';
import { type LocalSlack, type SlackOptions, startSlack } from '../../server/slack-server.ts';

const SIGNING_SECRET = 'local-signing-secret';
export const TRANSPORTS = ['http', 'socket'] as const;
export type Transport = (typeof TRANSPORTS)[number];

const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });
const choices = ['red', 'green', 'blue'].map((value) => ({ text: plain(value), value }));

/** A form with one of every kind of input that keeps a value. */
export const form = (extra: Partial<types.ModalView> = {}): types.ModalView => ({
  type: 'modal',
  callback_id: 'form',
  title: plain('Form'),
  submit: plain('Send'),
  notify_on_close: true,
  blocks: [
    {
      type: 'input',
      block_id: 'name',
      label: plain('Name'),
      element: { type: 'plain_text_input', action_id: 'text', max_length: 20 },
    },
    {
      type: 'input',
      block_id: 'channel',
      label: plain('Channel'),
      element: {
        type: 'conversations_select',
        action_id: 'conversation',
        default_to_current_conversation: true,
        response_url_enabled: true,
      },
    },
    {
      type: 'input',
      block_id: 'colour',
      label: plain('Colour'),
      element: {
        type: 'static_select',
        action_id: 'choice',
        options: choices,
        initial_option: { text: plain('red'), value: 'red' },
      },
    },
    {
      type: 'input',
      block_id: 'people',
      optional: true,
      label: plain('People'),
      element: { type: 'multi_users_select', action_id: 'users', max_selected_items: 2 },
    },
    {
      type: 'input',
      block_id: 'flags',
      optional: true,
      label: plain('Flags'),
      element: { type: 'checkboxes', action_id: 'boxes', options: choices },
    },
    {
      type: 'input',
      block_id: 'one',
      optional: true,
      label: plain('One'),
      element: { type: 'radio_buttons', action_id: 'radio', options: choices },
    },
    {
      type: 'input',
      block_id: 'day',
      optional: true,
      label: plain('Day'),
      element: { type: 'datepicker', action_id: 'date' },
    },
    {
      type: 'actions',
      block_id: 'more',
      elements: [{ type: 'button', action_id: 'add', text: plain('More') }],
    },
  ],
  ...extra,
});

export const card: (types.KnownBlock | types.Block)[] = [
  { type: 'section', text: plain('A card') },
  {
    type: 'actions',
    block_id: 'votes',
    elements: [
      { type: 'button', action_id: 'vote', text: plain('Vote'), value: 'yes', style: 'primary' },
      { type: 'overflow', action_id: 'menu', options: choices },
    ],
  },
];

const nothing = (): void => undefined;
/** Says nothing: what goes wrong is looked for in the record of the local Slack. */
export const quiet: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
  getLevel: () => LogLevel.ERROR,
};

export interface SmallBot {
  readonly slack: LocalSlack;
  readonly app: App;
  stop(): Promise<void>;
}

/** A local Slack and a Bolt app that is connected to it over the wanted transport. */
export async function startBot(transport: Transport, options: SlackOptions = {}): Promise<SmallBot> {
  const slack = await startSlack(options);
  const common = {
    token: slack.botToken,
    logger: quiet,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
  };
  if (transport === 'socket') {
    const app = new App({ ...common, appToken: slack.appToken, socketMode: true });
    register(app);
    await app.start();
    return { slack, app, stop: () => stop(app, slack) };
  }
  const receiver = new HTTPReceiver({ signingSecret: SIGNING_SECRET, logger: quiet });
  const app = new App({ ...common, receiver });
  register(app);
  const server = await receiver.start({ port: 0, host: '127.0.0.1' });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the app does not listen');
  slack.sendTo({ url: `http://127.0.0.1:${address.port}/slack/events`, signingSecret: SIGNING_SECRET });
  return { slack, app, stop: () => stop(app, slack) };
}

async function stop(app: App, slack: LocalSlack): Promise<void> {
  await app.stop();
  // Socket Mode says goodbye first; breaking in would only make noise.
  await slack.until(({ sockets }) => sockets.count === 0);
  await slack.close();
}

function register(app: App): void {
  app.error(async () => undefined);
  app.command('/form', async ({ ack, body, client }) => {
    await client.views.open({ trigger_id: body.trigger_id, view: form({ private_metadata: body.text }) });
    await ack();
  });
  app.command('/say', async ({ ack, command, respond }) => {
    await ack(`you said ${command.text}`);
    await respond({ text: 'and more', response_type: 'in_channel' });
  });
  app.command('/silent', async () => undefined);
  app.view({ callback_id: 'form', type: 'view_submission' }, async ({ ack, view, client, body }) => {
    const name = view.state.values.name?.text?.value ?? '';
    if (name === 'bad') return ack({ response_action: 'errors', errors: { name: 'Not that one' } });
    if (name === 'lost') return ack({ response_action: 'errors', errors: { more: 'Nobody sees this' } });
    if (name === 'again') return ack({ response_action: 'update', view: form({ title: plain('Again') }) });
    if (name === 'push') return ack({ response_action: 'push', view: form({ title: plain('Second') }) });
    if (name === 'clear') return ack({ response_action: 'clear' });
    if (name === 'invalid') {
      return ack({ response_action: 'update', view: form({ title: plain('x'.repeat(25)) }) });
    }
    const channel = view.state.values.channel?.conversation?.selected_conversation ?? '';
    await client.chat.postMessage({ channel, text: `${name} by <@${body.user.id}>`, blocks: card });
    return ack();
  });
  app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack }) => ack());
  app.action('add', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions' || body.view === undefined) return;
    const more = form({ title: plain('Longer') });
    const blocks = [...more.blocks.filter(({ block_id }) => block_id !== 'day'), { type: 'divider' }];
    await client.views.update({ view_id: body.view.id, hash: body.view.hash, view: { ...more, blocks } });
  });
  app.action('vote', async ({ ack, body, client, respond }) => {
    await ack();
    if (body.type !== 'block_actions' || body.message === undefined) return;
    await respond({ text: 'counted', response_type: 'ephemeral', replace_original: false });
    await client.chat.update({
      channel: body.channel?.id ?? '',
      ts: body.message.ts,
      text: 'voted',
      blocks: card,
    });
  });
  app.action('menu', async ({ ack }) => ack());
  app.shortcut('look', async ({ ack, shortcut, client }) => {
    await ack();
    await client.views.open({ trigger_id: shortcut.trigger_id, view: form() });
  });
  app.event('app_mention', async ({ event, client }) => {
    await client.chat.postMessage({ channel: event.channel, thread_ts: event.ts, text: 'yes?' });
  });
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: card } });
  });
}
