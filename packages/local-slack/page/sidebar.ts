import type { VNode } from 'preact';
import type { ShownChannel, Snapshot } from './api.ts';
import { Avatar } from './avatar.ts';
import { el } from './element.ts';
import { APP_VIEW } from './page-location.ts';

export interface SidebarProps {
  readonly snapshot: Snapshot;
  readonly channel: string;
  /** The open panel. */
  readonly panel: Panel | null;
  readonly isPhoneWidth: boolean;
  togglePhoneWidth(): void;
  become(person: string): void;
  open(channel: string): void;
  toggle(panel: Panel): void;
  startOver(): void;
}

/** A panel for developers: the traffic, or planned faults. */
export type Panel = 'traffic' | 'faults';

const PANELS: readonly (readonly [Panel, string])[] = [
  ['traffic', 'Traffic'],
  ['faults', 'Make it fail'],
];

/** Lists the people to act as, the channels, and the developer panels. */
export function Sidebar(props: SidebarProps): VNode {
  const { snapshot } = props;
  const { channels } = snapshot;
  return el(
    'nav',
    { 'aria-label': 'Workspace' },
    el('h1', {}, snapshot.team),
    renderPeople(props),
    el(
      'div.places',
      {},
      renderPlaces(
        'Channels',
        props,
        channels.filter((c) => c.kind !== 'im'),
      ),
      renderPlaces(
        'Direct messages',
        props,
        channels.filter((c) => c.kind === 'im'),
      ),
      el(
        'section',
        {},
        el('h2', {}, 'Apps'),
        el(
          'ul',
          {},
          el('li', {}, renderPlace(props, APP_VIEW, snapshot.bot.name, Avatar(snapshot.bot, 'app'))),
        ),
      ),
    ),
    el(
      'div.tools',
      { role: 'group', 'aria-label': 'Tools' },
      el(
        'button.phone-width',
        {
          type: 'button',
          title: 'Shows the channel as wide as on a phone',
          'aria-pressed': props.isPhoneWidth,
          onClick: props.togglePhoneWidth,
        },
        'Phone width',
      ),
      ...PANELS.map(([panel, label]) =>
        el(
          'button',
          {
            type: 'button',
            id: `open-${panel}`,
            'aria-pressed': props.panel === panel,
            onClick: () => props.toggle(panel),
          },
          label,
        ),
      ),
      el('button', { type: 'button', onClick: props.startOver }, 'Start over'),
    ),
    el('p.hint', {}, 'A local stand-in for Slack. Nothing leaves this machine.'),
  );
}

function renderPeople({ snapshot, become }: SidebarProps): VNode {
  return el(
    'section',
    {},
    el('h2', { id: 'you-are' }, 'You are'),
    el(
      'ul.people',
      { 'aria-labelledby': 'you-are' },
      ...snapshot.people.map((person) =>
        el(
          'li',
          {},
          el(
            'button',
            {
              type: 'button',
              'aria-pressed': person.id === snapshot.person,
              title: person.label ? `${person.name}, ${person.label}` : person.name,
              onClick: () => become(person.id),
            },
            Avatar(person),
            el('span', {}, person.name, person.label ? el('small', {}, ` ${person.label}`) : null),
          ),
        ),
      ),
    ),
  );
}

function renderPlaces(heading: string, props: SidebarProps, channels: readonly ShownChannel[]): VNode | null {
  if (channels.length === 0) return null;
  return el(
    'section',
    {},
    el('h2', {}, heading),
    el(
      'ul',
      {},
      ...channels.map((c) =>
        el('li', {}, renderPlace(props, c.id, channelTitle(c), lockFor(c) ?? undefined)),
      ),
    ),
  );
}

function renderPlace({ channel, open }: SidebarProps, id: string, name: string, icon?: VNode): VNode {
  return el(
    'button',
    { type: 'button', 'aria-current': id === channel ? 'page' : undefined, onClick: () => open(id) },
    icon,
    name,
  );
}

export function channelTitle({ kind, name }: Pick<ShownChannel, 'kind' | 'name'>): string {
  return { public: `#${name}`, private: name, im: `@${name}` }[kind];
}

/** Returns a lock for a private channel. Drawn, because not every system has an emoji font. */
export function lockFor({ kind }: Pick<ShownChannel, 'kind'>): VNode | null {
  if (kind !== 'private') return null;
  return el(
    'svg.lock',
    { viewBox: '0 0 12 14', width: 12, height: 14, 'aria-hidden': 'true' },
    el('path', { d: 'M1 6h10v8H1zM3 6V4a3 3 0 0 1 6 0v2H7.5V4a1.5 1.5 0 0 0-3 0v2z' }),
  );
}
