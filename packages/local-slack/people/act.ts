import { z } from 'zod';

import { type AppSurfaces, surfacesFor } from '../app-manifest.ts';
import { escapeMarkup } from '../escape.ts';
import type { LocalSlack } from '../local-slack.ts';
import type { Ephemeral, Message } from '../state/messages.ts';
import type { DeliveryResult } from '../state/record.ts';

const entry = z.union([z.string(), z.number(), z.array(z.string()), z.null()]);
const entries = z.record(z.string(), z.record(z.string(), entry));

/** Actions that the page can request for the person it shows. */
const action = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('send'),
    channel: z.string(),
    text: z.string().max(4_000),
    thread: z.string().optional(),
  }),
  z.object({ do: z.literal('fill'), view: z.string(), entries }),
  z.object({ do: z.literal('submit'), view: z.string(), entries }),
  z.object({ do: z.literal('close'), all: z.boolean().optional() }),
  z.object({
    do: z.literal('press'),
    channel: z.string(),
    ts: z.string(),
    action: z.string(),
    block: z.string(),
    value: entry.optional(),
  }),
  z.object({
    do: z.literal('pressInView'),
    view: z.string(),
    action: z.string(),
    block: z.string(),
    value: entry.optional(),
  }),
  z.object({ do: z.literal('enter'), channel: z.string(), ts: z.string(), entries }),
  z.object({
    do: z.literal('suggest'),
    channel: z.string(),
    ts: z.string(),
    action: z.string(),
    block: z.string(),
    typed: z.string().max(4_000),
  }),
  z.object({
    do: z.literal('suggestInView'),
    view: z.string(),
    action: z.string(),
    block: z.string(),
    typed: z.string().max(4_000),
  }),
  z.object({ do: z.literal('shortcut'), channel: z.string(), ts: z.string(), shortcut: z.string() }),
  z.object({ do: z.literal('globalShortcut'), shortcut: z.string() }),
  z.object({ do: z.literal('join'), channel: z.string() }),
  z.object({ do: z.literal('openHome'), tab: z.enum(['home', 'messages']) }),
]);
export const pageActionSchema = z.object({
  as: z.string(),
  /** The browser tab that asks. */
  tab: z.string().optional(),
  act: action,
});
export type PageAction = z.infer<typeof pageActionSchema>;

/**
 * Performs a person's action.
 * @returns null, or the sentence that Slack would show: for an unknown command, an unanswered payload, or a
 * response that Slack can't use
 */
export async function performAction(
  slack: LocalSlack,
  app: AppSurfaces,
  asked: PageAction,
): Promise<string | null> {
  const before = slack.complaints.length;
  const said = await dispatchAction(slack, app, asked);
  const complaint = slack.complaints[before];
  if (said !== null || complaint === undefined) return said;
  return `Slack can’t use the app’s response: ${complaint}`;
}

const unlessAcked = ({ status }: DeliveryResult, sentence: string): string | null =>
  status === 200 ? null : sentence;

async function dispatchAction(
  slack: LocalSlack,
  app: AppSurfaces,
  { as, act: a }: PageAction,
): Promise<string | null> {
  const person = slack.as(as);
  switch (a.do) {
    case 'send':
      return send(slack, app, as, a);
    case 'fill':
      person.fill(a.entries, a.view);
      return null;
    case 'submit': {
      const answer = await person.submit(a.entries, a.view);
      return unlessAcked(answer, 'The app didn’t respond. Try again.');
    }
    case 'close':
      await person.close(a.all ?? false);
      return null;
    case 'press': {
      const message = findMessage(slack, as, a.channel, a.ts);
      if (!message) return 'This message was deleted.';
      const answer = await person.click(message, a.action, {
        blockId: a.block,
        ...(a.value === undefined ? {} : { value: a.value }),
      });
      return unlessAcked(answer, 'The app didn’t respond.');
    }
    case 'pressInView': {
      const more = a.value === undefined ? {} : { value: a.value };
      const answer = await person.clickInView(a.action, { blockId: a.block, ...more }, a.view);
      return unlessAcked(answer, 'The app didn’t respond.');
    }
    case 'enter': {
      const message = findMessage(slack, as, a.channel, a.ts);
      if (!message) return 'This message was deleted.';
      person.enter(message, a.entries);
      return null;
    }
    case 'suggest': {
      const message = findMessage(slack, as, a.channel, a.ts);
      if (!message) return 'This message was deleted.';
      await person.suggestInMessage(message, a.action, a.typed, a.block);
      return null;
    }
    case 'suggestInView':
      await person.suggest(a.action, a.typed, { blockId: a.block, viewId: a.view });
      return null;
    case 'shortcut': {
      const message = findMessage(slack, as, a.channel, a.ts);
      if (!message || 'visible' in message) return 'This message was deleted.';
      const answer = await person.shortcut(a.shortcut, message);
      return unlessAcked(answer, 'The app didn’t respond to the shortcut.');
    }
    case 'globalShortcut': {
      const answer = await person.globalShortcut(a.shortcut);
      return unlessAcked(answer, 'The app didn’t respond to the shortcut.');
    }
    case 'join':
      person.join(a.channel);
      return null;
    case 'openHome':
      // Slack shows an empty tab and no error if the app doesn't answer.
      await person.openHome(a.tab);
      return null;
  }
}

type Send = Extract<PageAction['act'], { do: 'send' }>;

async function send(
  slack: LocalSlack,
  app: AppSurfaces,
  as: string,
  { channel, text, thread }: Send,
): Promise<string | null> {
  const person = slack.as(as);
  const [first = '', ...rest] = text.trim().split(/\s+/);
  const refused = slack.workspace.postingProblem(as, slack.workspace.visibleTo(as, channel));
  if (refused !== null) return refused;
  if (!first.startsWith('/')) {
    await person.say(formatTypedText(slack, app, text), {
      channel,
      ...(thread === undefined ? {} : { threadTs: thread }),
    });
    return null;
  }
  const { commands } = surfacesFor(slack, as, app);
  const command = commands.find(({ name }) => name === first);
  if (command === undefined) {
    const others = commands.map(({ name }) => name).join(', ');
    return `${first} is not a valid command.${others && ` Try ${others}.`}`;
  }
  if (thread !== undefined) return `${first} doesn’t work in threads.`;
  const words = rest.join(' ');
  const typed = command.escapesMentions ? formatTypedText(slack, app, words) : escapeMarkup(words);
  const answer = await person.command(first, typed, { channel });
  if (answer.status === 200) return null;
  return `${first} failed because the app didn’t respond${answer.timedOut ? ' in time' : ''}.`;
}

/**
 * Formats typed text as Slack's client sends it: escaped, with @names as mentions. The client offers both of the
 * app's names while a person types, so both work here.
 */
function formatTypedText(slack: LocalSlack, app: AppSurfaces, typed: string): string {
  const { workspace } = slack;
  const ids = new Map(workspace.users().map((user) => [user.name.toLowerCase(), user.id]));
  const mention = (id: string): string => `<@${id}>`;
  ids.set(workspace.bot.name.toLowerCase(), workspace.bot.userId);
  const escaped = escapeMarkup(typed).replace(/@([\w-]+)/g, (whole, name: string) => {
    const id = ids.get(name.toLowerCase());
    return id === undefined ? whole : mention(id);
  });
  if (app.name === '') return escaped;
  return escaped.replace(
    new RegExp(`@${RegExp.escape(escapeMarkup(app.name))}\\b`, 'gi'),
    mention(workspace.bot.userId),
  );
}

function findMessage(
  slack: LocalSlack,
  as: string,
  channel: string,
  ts: string,
): Message | Ephemeral | undefined {
  const inChannel = slack.messages(channel);
  const shown = [
    ...inChannel,
    ...inChannel.flatMap((parent) => slack.thread(channel, parent.ts)),
    ...slack.ephemerals(as).filter((one) => one.channel === channel),
  ];
  return shown.find((one) => one.ts === ts);
}
