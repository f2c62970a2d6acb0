import { h, type VNode } from 'preact';
import type { ShownMessage } from './api.ts';
import { Messages, type MessagesProps } from './channel.ts';
import { Composer } from './composer.ts';
import { el } from './element.ts';
import { onEscape } from './keys.ts';

export interface ThreadProps extends Omit<MessagesProps, 'messages' | 'replies'> {
  readonly parent: ShownMessage;
  readonly replies: readonly ShownMessage[];
  send(text: string): Promise<boolean>;
  close(): void;
}

export const REPLY_FIELD = 'write-reply';

/** A message and its replies, beside the channel. */
export function Thread({ parent, replies, send, close, ...props }: ThreadProps): VNode {
  return el(
    'aside',
    { 'aria-label': 'Thread', onKeyDown: onEscape(close) },
    el(
      'header',
      {},
      el('h2', {}, 'Thread'),
      el('button.quiet', { type: 'button', 'aria-label': 'Close thread', onClick: close }, '×'),
    ),
    h(Messages, { ...props, messages: [parent, ...replies] }),
    h(Composer, {
      key: parent.ts,
      id: REPLY_FIELD,
      label: 'Reply',
      snapshot: props.snapshot,
      commands: false,
      send,
    }),
  );
}
