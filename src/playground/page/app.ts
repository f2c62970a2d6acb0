import { h, render, type VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { fetchState, onChange, type ShownMessage, type Snapshot, send } from './api.ts';
import type { BlockContext } from './blocks.ts';
import { Composer, Messages } from './channel.ts';
import { el } from './element.ts';
import { Inspector } from './inspector.ts';
import { type Entries, Modal } from './modal.ts';
import type { Names } from './mrkdwn.ts';

/** Where the person is looking; kept in the address, so that a reload shows the same. */
interface Place {
  readonly as: string;
  readonly channel: string;
  /** The parent of the thread that is open. */
  readonly thread: string;
}

function placeFromAddress(): Place {
  const params = new URLSearchParams(location.hash.slice(1));
  return {
    as: params.get('as') ?? 'U0ANA',
    channel: params.get('in') ?? 'C0WEB',
    thread: params.get('thread') ?? '',
  };
}

function Page(): VNode {
  const [place, setPlace] = useState(placeFromAddress);
  const [snapshot, setSnapshot] = useState<Snapshot | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [inspecting, setInspecting] = useState(false);

  const go = (to: Partial<Place>): void => {
    const next = { ...place, ...to };
    location.hash = new URLSearchParams({ as: next.as, in: next.channel, thread: next.thread }).toString();
    setProblem(null);
    setPlace(next);
  };
  useEffect(() => onChange(() => void fetchState(place.as).then(setSnapshot)), [place.as]);
  if (!snapshot) return el('p.loading', {}, 'Opening…');

  const channel = snapshot.channels.find((c) => c.id === place.channel) ?? snapshot.channels[0];
  if (!channel) return el('p.loading', {}, 'This person is in no channel.');
  const names: Names = new Map([
    ...snapshot.people.map((p) => [p.id, p.name] as const),
    ...snapshot.channels.map((c) => [c.id, c.name] as const),
    [snapshot.bot.id, snapshot.bot.name],
  ]);
  const here = snapshot.messages.filter((m) => m.channel === channel.id);
  const inThread = (ts: string): ShownMessage[] => here.filter((m) => m.thread === ts);
  const parent = here.find((m) => m.ts === place.thread && m.thread === null);

  const asked = async (act: Parameters<typeof send>[1]): Promise<boolean> => {
    setBusy(true);
    const said = await send(place.as, act);
    setBusy(false);
    setProblem(said);
    return said === null;
  };
  const contextFor = (message: ShownMessage): BlockContext => ({
    names,
    press: (block, action, value) =>
      void asked({
        do: 'press',
        channel: message.channel,
        ts: message.ts,
        block,
        action,
        ...(value === undefined ? {} : { value }),
      }),
  });
  const view = snapshot.views.at(-1);

  return el(
    'div.app',
    {},
    sidebar(snapshot, place, channel.id, go, () => setInspecting(!inspecting)),
    el(
      'main',
      {},
      el('header', {}, el('h1', {}, title(channel)), el('p', {}, about(channel, snapshot))),
      problem === null ? null : el('p.problem', { role: 'alert' }, problem),
      h(Messages, {
        key: channel.id,
        messages: here.filter((m) => m.thread === null),
        names,
        snapshot,
        contextFor,
        replies: { count: (m) => inThread(m.ts).length, open: (m) => go({ thread: m.ts }) },
      }),
      h(Composer, {
        key: `write-${channel.id}`,
        label: `Message ${title(channel)}, or type a command`,
        commands: snapshot.app.commands.map((c) => c.name),
        send: (typed) => asked({ do: 'send', channel: channel.id, text: typed }),
      }),
    ),
    parent
      ? el(
          'aside',
          { 'aria-label': 'Thread' },
          el(
            'header',
            {},
            el('h2', {}, 'Thread'),
            el(
              'button',
              { type: 'button', 'aria-label': 'Close thread', onClick: () => go({ thread: '' }) },
              '×',
            ),
          ),
          h(Messages, { messages: [parent, ...inThread(parent.ts)], names, snapshot, contextFor }),
          h(Composer, {
            label: 'Reply',
            commands: [],
            send: (typed) => asked({ do: 'send', channel: channel.id, text: typed, thread: parent.ts }),
          }),
        )
      : null,
    inspecting ? h(Inspector, { close: () => setInspecting(false) }) : null,
    view
      ? h(Modal, {
          key: view.id,
          view,
          snapshot,
          busy,
          context: {
            names,
            press: (block, action, value) =>
              void asked({
                do: 'pressInView',
                view: view.id,
                block,
                action,
                ...(value === undefined ? {} : { value }),
              }),
          },
          fill: (entries: Entries) => void asked({ do: 'fill', view: view.id, entries }),
          submit: (entries: Entries) => void asked({ do: 'submit', view: view.id, entries }),
          close: () => void asked({ do: 'close' }),
        })
      : null,
  );
}

function sidebar(
  snapshot: Snapshot,
  place: Place,
  channel: string,
  go: (to: Partial<Place>) => void,
  inspect: () => void,
): VNode {
  return el(
    'nav',
    { 'aria-label': 'Workspace' },
    el('h2', {}, snapshot.team),
    el('label', { for: 'person' }, 'You are'),
    el(
      'select',
      {
        id: 'person',
        onChange: (event: Event) =>
          event.target instanceof HTMLSelectElement && go({ as: event.target.value }),
      },
      ...snapshot.people.map((p) =>
        el(
          'option',
          { value: p.id, selected: p.id === place.as },
          p.label ? `${p.name} (${p.label})` : p.name,
        ),
      ),
    ),
    el('h3', {}, 'Channels'),
    el(
      'ul',
      {},
      ...snapshot.channels.map((c) =>
        el(
          'li',
          {},
          el(
            'button',
            {
              type: 'button',
              'aria-current': c.id === channel ? 'page' : undefined,
              onClick: () => go({ channel: c.id, thread: '' }),
            },
            title(c),
          ),
        ),
      ),
    ),
    el('button.inspect', { type: 'button', onClick: inspect }, 'Show traffic'),
    el('p.hint', {}, 'A local stand-in for Slack. Nothing leaves this machine.'),
  );
}

function title(channel: Snapshot['channels'][number]): string {
  return { public: `#${channel.name}`, private: `🔒 ${channel.name}`, im: `@${channel.name}` }[channel.kind];
}

function about(channel: Snapshot['channels'][number], snapshot: Snapshot): string {
  const facts = [
    channel.kind === 'private' ? 'Private' : '',
    channel.archived ? 'Archived' : '',
    channel.shared ? 'Shared with another organisation' : '',
    channel.botIsIn ? `${snapshot.bot.name} is here` : `${snapshot.bot.name} is not here`,
  ];
  return facts.filter(Boolean).join(' · ');
}

render(h(Page, {}), document.body);
