import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ShownMessage, Snapshot } from './api.ts';
import { type BlockContext, blocks } from './blocks.ts';
import { el } from './element.ts';
import { mrkdwn, type Names } from './mrkdwn.ts';

export interface MessagesProps {
  readonly messages: readonly ShownMessage[];
  readonly names: Names;
  readonly snapshot: Snapshot;
  contextFor(message: ShownMessage): BlockContext;
  /** Replies under a message, and what opens them; absent inside a thread. */
  readonly replies?: { count(message: ShownMessage): number; open(message: ShownMessage): void };
}

export function Messages({ messages, names, snapshot, contextFor, replies }: MessagesProps): VNode {
  const end = useRef<HTMLDivElement>(null);
  const newest = messages.at(-1)?.ts;
  useEffect(() => end.current?.scrollIntoView({ block: 'end' }), [newest]);
  return el(
    'div.messages',
    { role: 'log', 'aria-label': 'Messages', tabIndex: 0 },
    ...messages.map((message) => {
      const count = replies?.count(message) ?? 0;
      return el(
        message.ephemeral ? 'article.message.ephemeral' : 'article.message',
        { key: message.ts },
        el(
          'p.who',
          {},
          el('b', {}, names.get(message.user) ?? message.user),
          message.user === snapshot.bot.id ? el('span.app', {}, 'APP') : null,
          el('time', {}, time(message.ts)),
          message.ephemeral ? el('span.only', {}, 'Only visible to you') : null,
        ),
        message.blocks.length > 0
          ? blocks(message.blocks, contextFor(message))
          : el('p', {}, ...mrkdwn(message.text, names)),
        replies && !message.ephemeral
          ? el(
              'button.replies',
              { type: 'button', onClick: () => replies.open(message) },
              count === 0 ? 'Reply' : count === 1 ? '1 reply' : `${count} replies`,
            )
          : null,
      );
    }),
    el('div', { ref: end }),
  );
}

function time(ts: string): string {
  return new Date(Number.parseFloat(ts) * 1000).toLocaleTimeString([], {
    hour: '2-digit',
    minute: '2-digit',
  });
}

export interface ComposerProps {
  readonly label: string;
  readonly commands: readonly string[];
  /** Resolves to true when it was taken; otherwise what was typed stays. */
  send(text: string): Promise<boolean>;
}

export function Composer({ label, commands, send }: ComposerProps): VNode {
  const [typed, setTyped] = useState('');
  const suggestions =
    typed.startsWith('/') && !typed.includes(' ') ? commands.filter((c) => c.startsWith(typed)) : [];
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (typed.trim() !== '' && (await send(typed))) setTyped('');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const [first] = suggestions;
    if (event.key === 'Tab' && first !== undefined && first !== typed) {
      event.preventDefault();
      setTyped(`${first} `);
    }
  };
  return el(
    'form.composer',
    { onSubmit: submit },
    suggestions.length > 0
      ? el(
          'div.suggestions',
          {},
          ...suggestions.map((c) => el('button', { type: 'button', onClick: () => setTyped(`${c} `) }, c)),
        )
      : null,
    el('input', {
      type: 'text',
      'aria-label': label,
      placeholder: label,
      value: typed,
      autocomplete: 'off',
      onInput: (event: Event) => event.target instanceof HTMLInputElement && setTyped(event.target.value),
      onKeyDown,
    }),
    el('button.primary', { type: 'submit' }, 'Send'),
  );
}
