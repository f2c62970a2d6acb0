import { App } from '@slack/bolt';

const { SLACK_API_URL: slackApiUrl, SLACK_APP_TOKEN: appToken, SLACK_BOT_TOKEN: token } = process.env;
const { SLACK_SIGNING_SECRET: signingSecret, HOST: host, PORT: port } = process.env;
const app = new App({ token, appToken, signingSecret, socketMode: !port, clientOptions: { slackApiUrl } });
const accessory = { type: 'button', action_id: 'shout', text: { type: 'plain_text', text: 'Shout' } };
app.command('/echo', async ({ ack, command: { text }, say }) => {
  await ack();
  await say({ text, blocks: [{ type: 'section', text: { type: 'plain_text', text }, accessory }] });
});
app.action('shout', ({ ack, body, say }) => ack().then(() => say(body.message.text.toUpperCase())));
await app.start({ host, port });
