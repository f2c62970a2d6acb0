import type { VNode } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { ShownMessage, Snapshot } from './api.ts';
import { Avatar } from './avatar.ts';
import { type BlockContext, renderBlocks } from './blocks.ts';
import { el } from './element.ts';
import { closeMenuOf } from './keys.ts';
import { type DisplayNames, renderMrkdwn } from './mrkdwn.ts';
import { useScroll } from './scroll.ts';

export interface MessageListProps {
  readonly messages: readonly ShownMessage[];
  readonly names: DisplayNames;
  readonly snapshot: Snapshot;
  contextFor(message: ShownMessage): BlockContext;
  /** Reply count, and an opener for the thread. Absent inside a thread. */
  readonly replies?: { count(message: ShownMessage): number; open(message: ShownMessage): void };
  /** Shown if there are no messages. */
  readonly empty?: string;
  /** First visible message: a thread opens at its start, a channel at its end. */
  readonly from?: 'start' | 'end';
  /** Slack's error message for the person's last action, shown at the end. */
  readonly problem?: string | null;
  /** Called when the person uses a shortcut from a message's menu. */
  takeShortcut(message: ShownMessage, shortcut: string): void;
}

export function MessageList(props: MessageListProps): VNode {
  const { messages, empty, from = 'end', problem = null } = props;
  const newest = messages.at(-1);
  const { scroll, hasNewBelow, showNewest } = useScroll(
    newest?.ts,
    newest?.user === props.snapshot.person,
    from,
  );
  useLayoutEffect(() => {
    if (problem !== null) showNewest();
  }, [problem]);
  return el(
    'div.messages',
    {},
    el(
      'div.scroll',
      { ref: scroll, role: 'log', 'aria-label': 'Messages', tabIndex: 0 },
      messages.length === 0 && empty ? el('p.hint.nothing', {}, empty) : null,
      ...messages.map((message) => renderMessage(message, props)),
      problem === null ? null : renderProblem(problem),
    ),
    hasNewBelow ? el('button.new-messages', { type: 'button', onClick: showNewest }, 'New messages ↓') : null,
  );
}

/** Renders an error as Slack does: as a private message in the channel. */
function renderProblem(problem: string): VNode {
  return el(
    'article.message.ephemeral',
    { key: 'problem' },
    Avatar({ id: 'USLACKBOT', name: 'Slackbot' }),
    el(
      'div.said',
      {},
      el('p.who', {}, el('b', {}, 'Slackbot'), el('span.only', {}, 'Only visible to you')),
      el('p.problem', { role: 'alert' }, problem),
    ),
  );
}

function renderMessage(message: ShownMessage, props: MessageListProps): VNode {
  const { snapshot, names, replies } = props;
  const name = names.get(message.user) ?? message.user;
  const byApp = message.user === snapshot.bot.id;
  const count = replies?.count(message) ?? 0;
  return el(
    message.ephemeral ? 'article.message.ephemeral' : 'article.message',
    { key: message.ts },
    Avatar({ id: message.user, name }, byApp ? 'app' : 'person'),
    el(
      'div.said',
      {},
      el(
        'p.who',
        {},
        el('b', {}, name),
        byApp ? el('span.app', {}, 'APP') : null,
        el('time', {}, formatTime(message.ts)),
        message.ephemeral ? el('span.only', {}, 'Only visible to you') : null,
        message.broadcast && replies ? el('span.only', {}, 'replied to a thread') : null,
      ),
      message.blocks.length > 0
        ? renderBlocks(message.blocks, props.contextFor(message))
        : el(message.deleted ? 'p.hint' : 'p', {}, ...renderMrkdwn(message.text, names)),
      ...message.files.map((file) =>
        el(
          'details.file',
          { key: file.id },
          el('summary', {}, `File: ${file.title}`),
          el(
            'a',
            {
              href: `data:text/markdown;charset=utf-8,${encodeURIComponent(file.text)}`,
              download: file.title,
            },
            'Download',
          ),
          el('pre', { tabIndex: 0 }, file.text),
        ),
      ),
      replies && !message.ephemeral && (!message.deleted || count > 0)
        ? el(
            'button.replies',
            { type: 'button', id: `replies-${message.ts}`, onClick: () => replies.open(message) },
            replyLabel(message, count),
          )
        : null,
    ),
    message.ephemeral || message.deleted ? null : renderMenu(message, props),
  );
}

/** Renders a message's "more" menu with the app's message shortcuts. */
function renderMenu(message: ShownMessage, { snapshot, takeShortcut }: MessageListProps): VNode | null {
  const shortcuts = snapshot.app.shortcuts.filter(({ kind }) => kind === 'message');
  if (shortcuts.length === 0) return null;
  return el(
    'details.menu.of-message',
    {},
    el('summary', { 'aria-label': 'Message menu', title: 'Message menu' }, '⋮'),
    el(
      'div',
      {},
      ...shortcuts.map(({ id, name }) =>
        el(
          'button',
          {
            type: 'button',
            onClick: (event: Event) => {
              closeMenuOf(event);
              takeShortcut(message, id);
            },
          },
          name,
        ),
      ),
    ),
  );
}

function replyLabel(message: ShownMessage, count: number): string {
  if (message.thread !== null) return 'Open thread';
  return count === 0 ? 'Reply' : count === 1 ? '1 reply' : `${count} replies`;
}

function formatTime(ts: string): string {
  return new Date(Number.parseFloat(ts) * 1000).toLocaleTimeString([], {
    hour: '2-digit',
    minute: '2-digit',
  });
}
