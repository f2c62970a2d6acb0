import type { Context } from '@slack/bolt';
import { z } from 'zod';
import type { Message } from '../../blocks/message.ts';
import { toOneLine, unescapeCommandText } from '../../blocks/text.ts';
import { isExternalTeam, refusalFor } from '../../decision/access.ts';
import type { Decision } from '../../decision/decision.ts';
import { outcomeOfFailure, RESPONDED } from '../../delivery/deliver.ts';
import type { WebClient } from '../../delivery/deps.ts';
import { tenantOf } from '../../interactions/permissions.ts';
import { refuse } from '../../interactions/refusals.ts';
import type { ListenerDeps, Routes } from '../../interactions/routes.ts';
import { tell } from '../../interactions/tell.ts';
import type { Clock } from '../../runtime/clock.ts';
import { type Failure, failureOf, replyFailureSentence } from '../../slack/failures.ts';
import { answerAll } from './answer-all.ts';
import { isForeign } from './language.ts';
import { type AskedQuestion, answerMessage, foreignMessage, mentionHelpMessage } from './message.ts';
import { asksAboutAdvice } from './own-advice.ts';
import { isComment, isSmallTalk } from './small-talk.ts';
import { splitQuestions } from './split.ts';

/** Longest wait before the retry of a reply. A graceful stop waits for it. */
const LONGEST_WAIT_MS = 5_000;

const HELP = /^(?:help(?: me)?)?[\s?!.]*$/i;

/** Registers mentions of the bot. The answer goes into the thread, and the question isn't stored. */
export function registerMention(on: Routes, deps: ListenerDeps): void {
  on.mention(async (args) => {
    const { body, client, context } = args;
    const mention = parseMention(body, context);
    if (!mention) {
      context.outcome = 'ignored';
      return;
    }
    if (!HELP.test(mention.question) && isSmallTalk(mention.question)) {
      context.outcome = 'small talk';
      return;
    }
    const { tenant } = tenantOf(context);
    // Slack may deliver an event twice, perhaps to two processes.
    const delivery = `mention ${mention.channel} ${mention.ts}`;
    if (!(await deps.store.deliveries.take(tenant, delivery, deps.clock.now()))) {
      context.outcome = 'repeated';
      return;
    }
    const refusal = refusalFor('ask', { isExternal: mention.isExternal, role: null });
    if (refusal !== null) return refuse(args, refusal);
    const { outcome, message, decision } = await replyTo(deps, tenant, mention);
    context.outcome = outcome;
    if (message === null) return;
    const posted = await postWithRetry(client, deps.clock, mention, message);
    const call = posted.ts === null ? outcomeOfFailure(posted.failure) : RESPONDED;
    await deps.outbox.recordCall({ tenant, channel: mention.channel, about: mention.ts }, call);
    if (posted.ts !== null) {
      // The reply is about the decision, so deleting the decision deletes the reply too.
      const key = decision && { tenant, decision: decision.id };
      if (key && posted.ts !== '') await deps.store.posts.addReply(key, posted.ts, deps.clock.now());
      return;
    }
    const { failure } = posted;
    context.outcome = failure.code;
    const told = await tell(args, replyFailureSentence(failure, await deps.botName(tenant)));
    deps.logger.warn({ code: failure.code, told }, 'a question could not be answered');
  });
}

interface Reply {
  /** Logged with the request. */
  readonly outcome: string;
  /** Null if there is nothing to say. */
  readonly message: Message | null;
  /** The decision in whose thread the question was asked; null elsewhere. */
  readonly decision: Decision | null;
}

type PostResult = { readonly ts: string } | { readonly ts: null; readonly failure: Failure };

async function replyTo(deps: ListenerDeps, tenant: string, mention: Mention): Promise<Reply> {
  const { rubric, store, slashCommand, botName } = deps;
  const { question, questions, channel, thread } = mention;
  if (HELP.test(question)) {
    const message = mentionHelpMessage(await botName(tenant), slashCommand);
    return { outcome: 'help', message, decision: null };
  }
  if (isForeign(question)) return { outcome: 'foreign', message: foreignMessage(), decision: null };
  const answers = answerAll(rubric, questions, question);
  if (isComment(question) && answers.every(({ answer }) => answer.kind === 'unknown')) {
    return { outcome: 'small talk', message: null, decision: null };
  }
  const decision = thread === null ? null : await store.decisions.findInThread(tenant, channel, thread);
  const discussion = decision && (await store.discussions.get({ tenant, decision: decision.id }));
  const asked = answers.map(
    (one): AskedQuestion =>
      discussion && asksAboutAdvice(one.question) ? { ...one, answer: { kind: 'card', discussion } } : one,
  );
  const outcome = asked.every(({ answer }) => answer.kind === 'unknown') ? 'unknown' : 'answer';
  return { outcome, message: answerMessage(rubric, asked, discussion), decision };
}

/** Posts the reply. Retries once if Slack certainly didn't post it and asks for a short wait. */
async function postWithRetry(
  client: WebClient,
  clock: Clock,
  mention: Mention,
  message: Message,
): Promise<PostResult> {
  const first = await postOnce(client, mention, message);
  if (first.ts !== null || first.failure.kind !== 'later') return first;
  const { afterMs } = first.failure;
  if (afterMs > LONGEST_WAIT_MS) return first;
  await new Promise<void>((resolve) => clock.after(afterMs, resolve));
  return postOnce(client, mention, message);
}

async function postOnce(client: WebClient, mention: Mention, message: Message): Promise<PostResult> {
  try {
    const { ts } = await client.chat.postMessage({
      channel: mention.channel,
      thread_ts: mention.thread ?? mention.ts,
      ...message,
      unfurl_links: false,
      unfurl_media: false,
    });
    return { ts: ts ?? '' };
  } catch (error) {
    return { ts: null, failure: failureOf(error) };
  }
}

/** A message that mentions the bot. */
export interface Mention {
  readonly channel: string;
  readonly ts: string;
  /** Slack's ts of the thread's parent; null for a message in the channel itself. */
  readonly thread: string | null;
  /** The text around the mention. Empty if there is none. */
  readonly question: string;
  /** The questions in the text, in order. */
  readonly questions: readonly string[];
  /** True if the author is from another organization, in a shared channel. */
  readonly isExternal: boolean;
}

const envelope = z.object({
  // Without this flag the channel counts as shared, so only the teams decide who is external.
  is_ext_shared_channel: z.boolean().default(true),
  event: z.object({
    user: z.string(),
    channel: z.string(),
    ts: z.string(),
    text: z.string().default(''),
    thread_ts: z.string().optional(),
    user_team: z.string().optional(),
    team: z.string().optional(),
    bot_id: z.string().optional(),
    edited: z.unknown().optional(),
  }),
});

/**
 * Parses a mention. Null if the bot must not answer it:
 * - A bot wrote it: two bots could answer each other endlessly.
 * - The message was edited: its first version was answered, or didn't mention the bot.
 */
export function parseMention(body: unknown, { teamId, enterpriseId, botUserId }: Context): Mention | null {
  const parsed = envelope.safeParse(body).data;
  if (!parsed) return null;
  const { event, is_ext_shared_channel: isShared } = parsed;
  if (event.bot_id !== undefined || event.user === botUserId || event.edited !== undefined) return null;
  const team = event.user_team ?? event.team;
  return {
    channel: event.channel,
    ts: event.ts,
    thread: event.thread_ts ?? null,
    question: extractQuestion(event.text),
    questions: splitQuestions(event.text.slice(0, MOST_READ).split('\n').map(extractQuestion)),
    isExternal:
      isShared && isExternalTeam(team, { team: teamId, enterprise: enterpriseId, isOrgWide: false }),
  };
}

/** Slack's markup for people, channels and links. In typed text Slack escapes `<` and `>`. */
const SLACK_MARKUP = /<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g;

/** Characters of a message that are read, so that a huge message can't keep the bot busy. Questions are shorter. */
const MOST_READ = 2_000;

/** Returns the question on one line, without mentions, and with links replaced by their labels. */
export function extractQuestion(text: string): string {
  const typed = text
    .slice(0, MOST_READ)
    .replace(SLACK_MARKUP, (_, sign: string, target: string, label?: string) => {
      if (sign === '@' || sign === '!') return ' ';
      return sign === '#' ? `#${label ?? ''}` : (label ?? target);
    });
  return (
    toOneLine(unescapeCommandText(typed))
      // A colon that starts an emoji stays.
      .replace(/^(?:[\s,;?!–—-]|:(?![\w+-]+:))+/, '')
      .replace(/[\s,]+([?!.]*)$/, '$1')
  );
}
