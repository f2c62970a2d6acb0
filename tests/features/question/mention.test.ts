import type { ModalView } from '@slack/types';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { checkMessage } from '../../../packages/local-slack/rules/limits.ts';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { answerQuestion } from '../../../src/advice/search/answer-question.ts';
import { extractQuestion } from '../../../src/features/question/mention.ts';
import { answerMessage, mentionHelpMessage } from '../../../src/features/question/message.ts';
import { type Setup, startBot as startAnyBot, type TestBot } from '../../support/bot.ts';
import { filledIn, mention, messageShortcut, press, RESPONSE_URL, submit } from '../../support/payloads.ts';

const rubric = loadRubric();
/** Questions are answered from the claims of the shipped rubric. */
const startBot = (setup: Setup = {}) => startAnyBot({ ...setup, rubric });

const viewSchema = z.custom<ModalView>((value) => typeof value === 'object' && value !== null);
const REPLY = {
  team_id: 'T1',
  channel: 'C1',
  thread_ts: '1795424500.000001',
  unfurl_links: false,
  unfurl_media: false,
};
const answerTo = (...questions: string[]) =>
  answerMessage(
    rubric,
    questions.map((question) => ({ question, answer: answerQuestion(rubric, question) })),
  );
const outcomes = ({ log }: TestBot): unknown[] =>
  log.lines.filter(({ msg }) => msg === 'interaction').map(({ outcome }) => outcome);

describe('a question to the bot', () => {
  it('is answered in a thread under it, with both sides and numbered citations', async () => {
    const bot = await startBot();
    await bot.deliver(mention('<@U0BOT> how do they scale?'));
    expect(bot.slack.calls).toEqual([
      { method: 'chat.postMessage', args: { ...REPLY, ...answerTo('how do they scale?') } },
    ]);
    const [{ text } = {}] = bot.slack.of('chat.postMessage');
    expect(text).toMatch(/\[1\]\nFor Flask: .*\[2\]\n/);
    expect(outcomes(bot)).toEqual(['answer']);
  });

  it('in a thread is answered in that thread', async () => {
    const bot = await startBot();
    await bot.deliver(mention(undefined, { thread_ts: '1795424400.000009' }));
    expect(bot.slack.calls).toEqual([
      {
        method: 'chat.postMessage',
        args: { ...REPLY, thread_ts: '1795424400.000009', ...answerTo('what about security?') },
      },
    ]);
  });

  it('in a card’s thread knows the project and what was answered for it', async () => {
    const bot = await startBot();
    await bot.deliver(submit({ project: 'Data API', answers: { security: 'high' } }));
    bot.slack.calls.length = 0;
    await bot.deliver(mention(undefined, { thread_ts: '1795424400.000001' }));
    expect(bot.slack.methods()).toEqual(['chat.postMessage']);
    const [reply] = bot.slack.of('chat.postMessage');
    expect(reply?.text).toMatch(/^.*\n\*.?Data API.?\* \(.*\): High security needs, 2 for Django\.\n/);

    await bot.deliver(mention(undefined, { ts: '1795424500.000002' }));
    expect(bot.slack.of('chat.postMessage')[1]?.text).not.toContain('Data API');
  });

  it('in the thread of a message that a card was asked for from knows the newest decision', async () => {
    const bot = await startBot();
    for (const project of ['Data API', 'Portal']) {
      await bot.deliver(messageShortcut({ ts: '1795424400.000900' }));
      bot.clock.advance(1);
      const dialog = viewSchema.parse(bot.slack.of('views.open').at(-1)?.view);
      await bot.deliver(
        filledIn(dialog, { project, viewId: `V${project.length}`, answers: { size: 'simple' } }),
      );
    }
    bot.slack.calls.length = 0;
    await bot.deliver(mention(undefined, { thread_ts: '1795424400.000900' }));
    expect(bot.slack.of('chat.postMessage')[0]?.text).toMatch(/\n\*.?Portal/);
  });

  it('that nothing here answers is told so', async () => {
    const bot = await startBot();
    await bot.deliver(mention('<@U0BOT> what is the capital of France?'));
    expect(bot.slack.methods()).toEqual(['chat.postMessage']);
    expect(bot.slack.of('chat.postMessage')[0]?.text).toContain('I don’t have anything on that.');
    expect(outcomes(bot)).toEqual(['unknown']);
  });

  it.each([
    ['nothing', '<@U0BOT>'],
    ['a question mark', '<@U0BOT>?'],
    ['help', 'Help, <@U0BOT>!'],
  ])('that is %s gets a short help', async (_, text) => {
    const bot = await startBot();
    await bot.deliver(mention(text));
    const help = mentionHelpMessage('@django-or-flask', '/django-or-flask');
    expect(bot.slack.calls).toEqual([{ method: 'chat.postMessage', args: { ...REPLY, ...help } }]);
    expect(checkMessage(help)).toEqual([]);
  });

  it('is answered one by one with the others in the same message', async () => {
    const bot = await startBot();
    await bot.deliver(mention('<@U0BOT> is flask faster? And what about security?'));
    const both = answerTo('is flask faster?', 'And what about security?');
    expect(bot.slack.calls).toEqual([{ method: 'chat.postMessage', args: { ...REPLY, ...both } }]);
  });

  it('in one sentence with others is answered one by one, and what nothing is known about is said', async () => {
    const bot = await startBot();
    await bot.deliver(mention('<@U0BOT> is flask faster and how old is it, and who founded Slack?'));
    const all = answerTo('is flask faster', 'how old is it', 'who founded Slack?');
    expect(bot.slack.calls).toEqual([{ method: 'chat.postMessage', args: { ...REPLY, ...all } }]);
  });

  it('about the reasons for a card is answered from the card in its thread', async () => {
    const bot = await startBot();
    await bot.deliver(submit({ project: 'Data API', answers: { security: 'high', admin: 'yes' } }));
    bot.slack.calls.length = 0;
    const why = '<@U0BOT> Why did you say Django for our project?';
    await bot.deliver(mention(why, { thread_ts: '1795424400.000001' }));
    expect(bot.slack.of('chat.postMessage')[0]?.text).toMatch(/^\*.?Data API.?\* \(/);
    await bot.deliver(mention(why, { ts: '1795424500.000002' }));
    expect(bot.slack.of('chat.postMessage')[1]?.text).not.toContain('Data API');
  });

  it('about a kind of project offers the dialog for the same channel', async () => {
    const bot = await startBot();
    await bot.deliver(mention('<@U0BOT> Django or Flask for a blog?'));
    const [answer] = bot.slack.of('chat.postMessage');
    expect(JSON.stringify(answer)).toContain('"action_id":"home_start"');
    bot.slack.calls.length = 0;
    await bot.deliver(press({ actionId: 'home_start', blockId: 'offer' }));
    expect(bot.slack.methods()).toEqual(['views.open']);
    expect(JSON.stringify(bot.slack.of('views.open')[0]?.view)).toContain('Posts a card in <#C1>');

    bot.slack.next('views.open', { error: 'trigger_expired' });
    await bot.deliver(press({ actionId: 'home_start', blockId: 'offer' }));
    expect(JSON.stringify(bot.slack.calls)).not.toContain('views.publish');
    expect(bot.slack.of(RESPONSE_URL)[0]?.text).toContain('Press the button again');
  });

  it.each(['Ist Django schneller als Flask?', '¿Es más seguro Django?', 'Djangoは速いですか？'])(
    'in another language is told that the bot reads English: %s',
    async (question) => {
      const bot = await startBot();
      await bot.deliver(mention(`<@U0BOT> ${question}`));
      expect(bot.slack.of('chat.postMessage')[0]?.text).toContain('I read English only.');
      expect(outcomes(bot)).toEqual(['foreign']);
    },
  );

  it.each(['thanks!', 'cool, ok', '👍', ':tada:', 'Thanks, Ben will look at it', 'Great, Ben tells them'])(
    'that is only small talk gets no reply: %s',
    async (text) => {
      const bot = await startBot();
      await bot.deliver(mention(`<@U0BOT> ${text}`));
      expect(bot.slack.calls).toEqual([]);
      expect(outcomes(bot)).toEqual(['small talk']);
    },
  );

  it('delivered twice is answered once, however the deliveries overlap', async () => {
    const bot = await startBot();
    await Promise.all([bot.deliver(mention()), bot.deliver(mention())]);
    await bot.deliver(mention());
    expect(bot.slack.methods()).toEqual(['chat.postMessage']);
    await bot.deliver(mention(undefined, { ts: '1795424500.000002' }));
    await bot.deliver(mention(undefined, { channel: 'C2' }));
    expect(bot.slack.methods()).toHaveLength(3);
  });

  it.each([
    ['another bot', { bot_id: 'B0OTHER' }],
    ['the bot itself', { user: 'U0BOT', bot_id: 'B0BOT' }],
    ['somebody who edits a message', { edited: { user: 'U1', ts: '1795424501.000000' } }],
  ])('of %s is left alone', async (_, event) => {
    const bot = await startBot();
    await bot.deliver(mention(undefined, event));
    expect(bot.slack.calls).toEqual([]);
  });

  it('of a person of another organisation is answered privately that members may ask', async () => {
    const bot = await startBot();
    const from = { user: 'U0EXT', user_team: 'T2', team: 'T2', thread_ts: '1795424400.000009' };
    await bot.deliver(mention(undefined, from, { is_ext_shared_channel: true }));
    expect(bot.slack.methods()).toEqual(['chat.postEphemeral']);
    expect(bot.slack.calls[0]?.args).toMatchObject({
      channel: 'C1',
      user: 'U0EXT',
      thread_ts: '1795424400.000009',
      text: expect.stringContaining('I only answer people in the workspace'),
    });
  });

  it('of our own people in a shared channel is answered, and so is one of a sister workspace', async () => {
    const bot = await startBot();
    await bot.deliver(mention(undefined, {}, { is_ext_shared_channel: true }));
    await bot.deliver(mention(undefined, { ts: '1.2', team: 'T2' }, { is_ext_shared_channel: false }));
    expect(bot.slack.methods()).toEqual(['chat.postMessage', 'chat.postMessage']);
  });
});

describe('an answer that Slack does not take', () => {
  it.each([
    ['not_in_channel', 'Type “/invite @django-or-flask”'],
    ['restricted_action_read_only_channel', 'Apps can’t post in this channel'],
    ['thread_locked', 'closed to replies'],
    ['something_new', '(something_new)'],
  ])('because of %s is told to whoever asked, and logged without what they wrote', async (error, words) => {
    const bot = await startBot();
    bot.slack.next('chat.postMessage', { error });
    await bot.deliver(mention('<@U0BOT> is Django safe for zebras?'));
    expect(bot.slack.methods()).toEqual(['chat.postMessage', 'chat.postEphemeral']);
    const [whisper] = bot.slack.of('chat.postEphemeral');
    expect(whisper).toMatchObject({ channel: 'C1', user: 'U1', text: expect.stringContaining(words) });
    // Slack shows nothing private in a thread that has no reply yet.
    expect(whisper).not.toHaveProperty('thread_ts');
    expect(bot.log.lines).toContainEqual(expect.objectContaining({ code: error, told: true }));
    expect(bot.log.raw()).not.toContain('zebra');
  });

  it('and of which nobody can be told is logged', async () => {
    const bot = await startBot();
    bot.slack.next('chat.postMessage', { error: 'is_archived' });
    bot.slack.next('chat.postEphemeral', { error: 'is_archived' });
    await bot.deliver(mention());
    expect(bot.log.lines).toContainEqual(expect.objectContaining({ code: 'is_archived', told: false }));
  });

  it('because of a fault of ours is told to whoever asked, with the reference of the log line', async () => {
    const bot = await startBot();
    for (const { decisions } of bot.stores) {
      vi.spyOn(decisions, 'findInThread').mockRejectedValueOnce(new Error('disk I/O error'));
    }
    await bot.deliver(mention(undefined, { thread_ts: '1795424400.000009' }));
    expect(bot.slack.methods()).toEqual(['chat.postEphemeral']);
    const { ref } = bot.log.lines.find(({ outcome }) => outcome === 'failed') ?? {};
    expect(bot.slack.calls[0]?.args).toMatchObject({ thread_ts: '1795424400.000009', user: 'U1' });
    expect(bot.slack.calls[0]?.args.text).toContain(`I ran into an error`);
    expect(bot.slack.calls[0]?.args.text).toContain(`reference: ${ref}`);
  });

  it('for a moment is posted when Slack takes it again', async () => {
    const bot = await startBot();
    bot.slack.next('chat.postMessage', { status: 429, retryAfter: 3 });
    const { done } = bot.start(mention());
    await expect.poll(() => bot.slack.methods()).toEqual(['chat.postMessage']);
    bot.clock.advance(2_999);
    expect(bot.slack.methods()).toHaveLength(1);
    bot.clock.advance(1);
    await done;
    expect(bot.slack.methods()).toEqual(['chat.postMessage', 'chat.postMessage']);
    expect(bot.slack.calls[1]).toEqual(bot.slack.calls[0]);
  });

  it('for longer is not waited for: whoever asked is told to ask again', async () => {
    const bot = await startBot();
    bot.slack.next('chat.postMessage', { status: 429, retryAfter: 60 });
    await bot.deliver(mention());
    expect(bot.slack.methods()).toEqual(['chat.postMessage', 'chat.postEphemeral']);
    expect(bot.slack.calls[1]?.args.text).toContain('Ask me again in a minute');
  });

  it('as far as anybody knows is not posted twice: whoever asked looks', async () => {
    const bot = await startBot();
    bot.slack.next('chat.postMessage', { network: 'ECONNRESET' });
    await bot.deliver(mention());
    expect(bot.slack.methods()).toEqual(['chat.postMessage', 'chat.postEphemeral']);
    expect(bot.slack.calls[1]?.args.text).toContain('If it isn’t in the thread');
  });
});

describe('the question in a message', () => {
  it.each([
    ['<@U0BOT> what about security?', 'what about security?'],
    ['<@U0BOT|django-or-flask>: what about security?', 'what about security?'],
    ['what about security, <@U0BOT>?', 'what about security?'],
    ['hey <@U0BOT> and <@U2>,\nis   it fast?', 'hey and , is it fast?'],
    ['<@U0BOT> is C &lt; Python &amp; Go?', 'is C < Python & Go?'],
    [
      '<@U0BOT> does <https://example.com|this> scale like <https://example.com/x>?',
      'does this scale like https://example.com/x?',
    ],
    ['<!here> <@U0BOT> see <#C1|web> or <#C2>', 'see #web or #'],
    ['<@U0BOT> &lt;@U2&gt;', '<@U2>'],
    ['<@U0BOT>? what about security?', 'what about security?'],
    ['<@U0BOT>', ''],
  ])('%j is %j', (text, question) => {
    expect(extractQuestion(text)).toBe(question);
  });

  it('is read only up to a sensible length', () => {
    expect(extractQuestion(`is it safe? ${', '.repeat(20_000)}x`)).toMatch(/^is it safe\?[ ,]*$/);
  });
});
