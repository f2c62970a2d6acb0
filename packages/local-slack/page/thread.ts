import { h, type VNode } from 'preact';
import type { ShownMessage } from './api.ts';
import { MessageList, type MessageListProps } from './channel.ts';
import { Composer } from './composer.ts';
import { PanelFrame } from './panel.ts';

export interface ThreadProps extends Omit<MessageListProps, 'messages' | 'replies'> {
  readonly parent: ShownMessage;
  readonly replies: readonly ShownMessage[];
  /** Shown instead of the composer if this person can't post. */
  readonly instead: VNode | null;
  /** Key of the saved draft. */
  readonly draft: string;
  send(text: string): Promise<boolean>;
  close(): void;
}

export const REPLY_FIELD = 'write-reply';

/** A message and its replies, beside the channel. */
export function Thread({ parent, replies, instead, draft, send, close, ...props }: ThreadProps): VNode {
  return PanelFrame(
    { title: 'Thread', kind: 'thread', close },
    h(MessageList, { ...props, key: parent.ts, messages: [parent, ...replies], from: 'start' }),
    instead ??
      h(Composer, {
        key: draft,
        id: REPLY_FIELD,
        label: 'Reply',
        draft,
        snapshot: props.snapshot,
        commands: false,
        send,
      }),
  );
}
