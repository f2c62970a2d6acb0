import { h, type VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type BlockContext, renderBlocks } from './blocks.ts';
import { MessageList, type MessageListProps } from './channel.ts';
import { el } from './element.ts';

type Tab = 'home' | 'messages';
const TABS: readonly (readonly [Tab, string])[] = [
  ['home', 'Home'],
  ['messages', 'Messages'],
];

export interface AppViewProps extends MessageListProps {
  readonly context: BlockContext;
  /** Called when this person opens a tab, because Slack then sends the app an event. */
  opened(tab: Tab): void;
}

/** The app's Home tab, and its direct messages to this person. */
export function AppView(props: AppViewProps): VNode {
  const { snapshot, context, opened } = props;
  const { bot, home, person } = snapshot;
  const [tab, setTab] = useState<Tab>('home');
  useEffect(() => opened(tab), [tab, person]);
  const nothing = (sentence: string): VNode => el('p.hint.nothing', {}, sentence);
  return el(
    'main',
    {},
    el(
      'header',
      {},
      el('h2', {}, bot.name),
      el(
        'div.tabs',
        { role: 'group', 'aria-label': 'Tabs' },
        ...TABS.map(([id, label]) =>
          el('button', { type: 'button', 'aria-pressed': id === tab, onClick: () => setTab(id) }, label),
        ),
      ),
    ),
    tab === 'messages'
      ? h(MessageList, props)
      : el(
          'div.scroll',
          { tabIndex: 0, role: 'region', 'aria-label': 'Home' },
          home
            ? el('div.surface', {}, renderBlocks(home.blocks, context))
            : nothing(`${bot.name} hasn’t published a Home tab. Type its command in a channel.`),
        ),
    tab === 'messages'
      ? nothing(
          props.messages.length === 0
            ? `${bot.name} hasn’t messaged you. You can’t message it here: use its command in a channel.`
            : `You can’t message ${bot.name} here. Use its command in a channel.`,
        )
      : null,
  );
}
