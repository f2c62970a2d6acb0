import { h, render, type VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { requestAction, type ShownChannel, type ShownMessage, type Snapshot, startOver } from './api.ts';
import type { BlockContext } from './blocks.ts';
import { MessageList, type MessageListProps } from './channel.ts';
import { firstCommand } from './completions.ts';
import { Composer } from './composer.ts';
import { forgetDrafts } from './drafts.ts';
import { el } from './element.ts';
import { FaultPanel } from './faults.ts';
import { useFocusAtFirst, useFocusBack, useFocusNext } from './focus.ts';
import { AppView } from './home.ts';
import { Inspector } from './inspector.ts';
import { closeMenusElsewhere } from './keys.ts';
import { type Entries, Modal } from './modal.ts';
import type { DisplayNames } from './mrkdwn.ts';
import { useNotices } from './notices.ts';
import { APP_VIEW, type PageLocation, readLocation, writeLocation } from './page-location.ts';
import { usePhoneWidth } from './phone-width.ts';
import { channelTitle, lockFor, type Panel, Sidebar } from './sidebar.ts';
import { useSnapshots } from './snapshots.ts';
import { REPLY_FIELD, Thread } from './thread.ts';

/** @param keptFolder the folder whose database outlives the playground, or null */
const startOverQuestion = (keptFolder: string | null): string =>
  'Start over? This deletes every card, message and decision in the playground.' +
  (keptFolder === null ? '' : ` It also deletes the database in ${keptFolder}.`);

function Page(): VNode {
  const [place, setPlace] = useState(() => readLocation());
  useEffect(() => {
    const follow = (): void => setPlace((before) => readLocation(before));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const [snapshot, setSnapshot] = useState<Snapshot | null>(null);
  const notices = useNotices();
  const [isPhoneWidth, togglePhoneWidth] = usePhoneWidth();
  const [panel, setPanel] = useState<Panel | null>(null);
  /** Reason why the page can't be updated, or null. */
  const [absent, setAbsent] = useState<string | null>(null);
  const go = (to: Partial<PageLocation>): void => {
    const next = { ...place, ...to };
    writeLocation(next);
    notices.say(next.as, null);
    setPlace(next);
  };
  const focusNext = useFocusNext();
  useSnapshots(place.as, setSnapshot, setAbsent);

  const view = snapshot?.views.at(-1);
  useFocusBack(view !== undefined);
  useFocusAtFirst(snapshot !== null);
  const stranger = snapshot !== null && !snapshot.people.some(({ id }) => id === place.as);
  useEffect(() => {
    if (stranger && snapshot) go({ as: snapshot.person });
  }, [stranger]);
  if (!snapshot) return el('p.loading', { role: 'status' }, absent ?? 'Opening…');

  // Actions belong to the visible person, even while another person's page loads.
  const me = snapshot.person;
  const { problem, waiting } = notices.to(me);
  const act = async (action: Parameters<typeof requestAction>[1]): Promise<boolean> => {
    notices.wait(me, 1);
    const said = await requestAction(me, action);
    notices.wait(me, -1);
    notices.say(me, said);
    return said === null;
  };
  const names: DisplayNames = new Map([
    ...snapshot.people.map((p) => [p.id, p.name] as const),
    ...snapshot.channels.map((c) => [c.id, c.name] as const),
    [snapshot.bot.id, snapshot.bot.name],
  ]);
  const channel =
    place.channel === APP_VIEW
      ? undefined
      : (snapshot.channels.find((c) => c.id === place.channel) ?? snapshot.channels[0]);
  const here = snapshot.messages.filter((m) => m.channel === (channel?.id ?? snapshot.appChannel));
  const parent = here.find((m) => m.ts === place.thread && m.thread === null);
  const inThread = (ts: string): ShownMessage[] => here.filter((m) => m.thread === ts);

  const messageProps: Omit<MessageListProps, 'messages'> = {
    names,
    snapshot,
    contextFor: (message) => ({
      names,
      snapshot,
      requestAction: act,
      at: { channel: message.channel, ts: message.ts },
      state: message.state,
      offers: message.offers,
    }),
    takeShortcut: ({ channel: at, ts }, shortcut) => void act({ do: 'shortcut', channel: at, ts, shortcut }),
  };
  const inView = (id: string): BlockContext => ({
    names,
    snapshot,
    requestAction: act,
    at: { view: id },
    state: snapshot.home?.state ?? {},
    offers: snapshot.offers[id] ?? [],
  });
  /** Returns what replaces the composer if this person can't post, or null. */
  const writing = ({ id, archived, isMember, postingProblem }: ShownChannel): VNode | null => {
    if (postingProblem === null) return null;
    if (archived || isMember) return el('p.hint.nothing', {}, postingProblem);
    return el(
      'div.composer',
      {},
      el('p.hint', {}, 'You haven’t joined this channel.'),
      el(
        'button.primary',
        { type: 'button', onClick: () => void act({ do: 'join', channel: id }) },
        'Join the channel',
      ),
    );
  };
  const openThread = (of: ShownMessage): void => {
    go({ thread: of.thread ?? of.ts });
    focusNext(REPLY_FIELD);
  };
  const closeThread = (): void => {
    go({ thread: '' });
    focusNext(`replies-${place.thread}`);
  };
  const closePanel = (): void => {
    setPanel(null);
    focusNext(`open-${panel}`);
  };
  const forgetAll = async (): Promise<void> => {
    if (!confirm(startOverQuestion(snapshot.keptFolder))) return;
    setSnapshot(null);
    const said = await startOver();
    forgetDrafts();
    go({ thread: '' });
    notices.say(place.as, said);
  };
  // A thread may cover the channel, and a dialog shows its own errors.
  const isProblemInChannel = channel !== undefined && parent === undefined && view === undefined;
  const shownInChannel = here.filter((m) => m.thread === null || m.broadcast);

  return el(
    isPhoneWidth ? 'div.app.phone' : 'div.app',
    {},
    h(Sidebar, {
      snapshot,
      panel,
      isPhoneWidth,
      togglePhoneWidth,
      channel: channel?.id ?? APP_VIEW,
      become: (as) => go({ as }),
      open: (to) => go({ channel: to, thread: '' }),
      toggle: (to) => setPanel(to === panel ? null : to),
      startOver: () => void forgetAll(),
    }),
    channel === undefined
      ? h(AppView, {
          ...messageProps,
          key: APP_VIEW,
          messages: shownInChannel,
          context: inView(snapshot.home?.id ?? ''),
          opened: (tab) => void act({ do: 'openHome', tab }),
        })
      : el(
          'main',
          { key: `${me}/${channel.id}`, inert: me !== place.as },
          el(
            'header',
            {},
            el('h2', {}, lockFor(channel), channelTitle(channel)),
            el('p', {}, channelFacts(channel, snapshot)),
          ),
          h(MessageList, {
            ...messageProps,
            messages: shownInChannel,
            replies: { count: (m) => inThread(m.ts).length, open: openThread },
            empty: emptyHint(channel, snapshot),
            problem: isProblemInChannel ? problem : null,
          }),
          writing(channel) ??
            h(Composer, {
              id: 'write',
              draft: `${me}/${channel.id}`,
              label: `Message ${channelTitle(channel)}, or type a command`,
              snapshot,
              commands: true,
              send: (text) => act({ do: 'send', channel: channel.id, text }),
              takeShortcut: (shortcut) => void act({ do: 'globalShortcut', shortcut }),
            }),
        ),
    parent && channel
      ? h(Thread, {
          ...messageProps,
          key: `${me}/${parent.ts}`,
          parent,
          instead: writing(channel),
          draft: `${me}/${channel.id}/${parent.ts}`,
          replies: inThread(parent.ts),
          close: closeThread,
          send: (text) => act({ do: 'send', channel: channel.id, text, thread: parent.ts }),
        })
      : null,
    panel === 'traffic' ? h(Inspector, { close: closePanel }) : null,
    panel === 'faults' ? h(FaultPanel, { close: closePanel }) : null,
    renderNotice(absent ?? (view || isProblemInChannel ? null : problem), waiting > 0),
    view
      ? h(Modal, {
          key: view.id,
          view,
          busy: waiting > 0,
          problem,
          context: inView(view.id),
          fill: (entries: Entries) => act({ do: 'fill', view: view.id, entries }),
          submit: (entries: Entries) => void act({ do: 'submit', view: view.id, entries }),
          close: () => void act({ do: 'close' }),
        })
      : null,
  );
}

/** Renders Slack's error message, and a notice while the app handles a request. */
function renderNotice(problem: string | null, waiting: boolean): VNode {
  return el(
    'div.line',
    {},
    problem === null ? null : el('p.problem', { role: 'alert' }, problem),
    waiting ? el('p.waiting', { role: 'status' }, 'Waiting for the app…') : null,
  );
}

/** Returns the hint for an empty channel. */
function emptyHint({ archived, isMember }: ShownChannel, { app }: Snapshot): string {
  const command = firstCommand(app);
  if (archived || !isMember || command === null) return 'No messages yet.';
  return `No messages yet. Type ${command} below and press Enter.`;
}

function channelFacts(channel: Snapshot['channels'][number], snapshot: Snapshot): string {
  const facts = [
    channel.kind === 'private' ? 'Private' : '',
    channel.archived ? 'Archived' : '',
    channel.readOnly ? 'Only admins can post' : '',
    channel.shared ? 'Shared with another organization' : '',
    channel.botIsIn ? `${snapshot.bot.name} is a member` : `${snapshot.bot.name} isn’t a member`,
  ];
  return facts.filter(Boolean).join(' · ');
}

closeMenusElsewhere();
render(h(Page, {}), document.body);
