/**
 * Bolt as its documentation starts one: the default receiver (or Socket Mode, where there is an app token), a listener
 * for everything that the others are asked, nothing remembered.
 */
import { App, type BlockAction, LogLevel } from '@slack/bolt';
import { staticCard, staticDialog } from './static-messages.ts';

const { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_APP_TOKEN, SLACK_API_URL = '', PORT } = process.env;

const app = new App({
  token: SLACK_BOT_TOKEN ?? '',
  logLevel: LogLevel.WARN,
  clientOptions: { slackApiUrl: SLACK_API_URL },
  ...(SLACK_APP_TOKEN === undefined
    ? { signingSecret: SLACK_SIGNING_SECRET ?? '' }
    : {
        socketMode: true,
        appToken: SLACK_APP_TOKEN,
        installerOptions: { clientOptions: { slackApiUrl: SLACK_API_URL } },
      }),
});

app.command('/django-or-flask', async ({ command, ack, client }) => {
  await ack();
  await client.views.open({ trigger_id: command.trigger_id, view: staticDialog });
});

app.action('card_menu', async ({ ack }) => ack());

app.action<BlockAction>(/^vote_/, async ({ ack, body, respond }) => {
  await ack();
  if (body.response_url)
    await respond({ response_type: 'ephemeral', replace_original: false, text: 'Your vote is recorded.' });
});

app.view('intake', async ({ ack, view, client }) => {
  await ack();
  const channel = view.state.values.channel?.conversation?.selected_conversation ?? '';
  await client.chat.postMessage({ channel, ...staticCard });
});

await app.start(Number(PORT ?? 0));
