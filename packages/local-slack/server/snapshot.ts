import { type AppSurfaces, surfacesFor } from '../app-manifest.ts';
import type { LocalSlack } from '../local-slack.ts';
import type { Ephemeral, Message } from '../state/messages.ts';
import type { OfferedOptions } from '../state/suggestions.ts';
import type { ViewState } from '../state/view-state.ts';
import type { OpenView } from '../state/views.ts';
import type { Channel, User } from '../state/workspace.ts';

/** Everything that the page may show to one person. */
export interface Snapshot {
  /** Id of the person. */
  readonly person: string;
  readonly team: string;
  readonly bot: { readonly id: string; readonly name: string };
  /** Surfaces that the person can use: none for outsiders or while the app isn't installed. */
  readonly app: AppSurfaces;
  readonly people: readonly (Pick<User, 'id' | 'name'> & { readonly label: string })[];
  readonly channels: readonly ShownChannel[];
  readonly messages: readonly ShownMessage[];
  readonly views: readonly OpenView[];
  /** The app's Home tab for this person. */
  readonly home: OpenView | null;
  /** Options that the app supplied for external selects: view id → options. */
  readonly offers: Readonly<Record<string, readonly OfferedOptions[]>>;
  /** Id of the person's channel with the app; null before it exists. */
  readonly appChannel: string | null;
  /** Folder that is kept at the end and whose database "Start over" deletes; null if it is temporary. */
  readonly keptFolder: string | null;
}

export interface ShownChannel {
  readonly id: string;
  readonly name: string;
  readonly kind: Channel['kind'];
  readonly archived: boolean;
  /** True if only admins may post. */
  readonly readOnly: boolean;
  readonly shared: boolean;
  readonly botIsIn: boolean;
  /** True if the person is a member. They can read public channels without being one. */
  readonly isMember: boolean;
  /** Reason why this person can't post in the channel, or null. */
  readonly postingProblem: string | null;
}

export interface ShownMessage {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly Readonly<Record<string, unknown>>[];
  readonly thread: string | null;
  readonly ephemeral: boolean;
  /** True for a reply that is also shown in the channel. */
  readonly broadcast: boolean;
  /** True if the message was deleted but still has replies. */
  readonly deleted: boolean;
  readonly files: readonly { readonly id: string; readonly title: string; readonly text: string }[];
  /** This person's input in the message, and the options that the app supplied for its selects. */
  readonly state: ViewState;
  readonly offers: readonly OfferedOptions[];
}

/** Returns the snapshot for a person. Falls back to the first person if the id is unknown. */
export function takeSnapshot(
  slack: LocalSlack,
  wanted: string | null,
  app: AppSurfaces,
  keptFolder: string | null = null,
): Snapshot {
  const { workspace } = slack;
  const [first] = workspace.users();
  const person = wanted !== null && workspace.hasUser(wanted) ? wanted : (first?.id ?? '');
  const viewer = slack.as(person);
  const views = viewer.views();
  const home = viewer.home() ?? null;
  const channels = workspace
    .channels()
    .filter((channel) => channel.members.has(person) || workspace.canJoin(person, channel));
  return {
    person,
    team: workspace.team.name,
    bot: { id: workspace.bot.userId, name: workspace.bot.name },
    app: surfacesFor(slack, person, app),
    people: workspace
      .users()
      .filter((user) => user.deactivated !== true)
      .map((user) => ({ id: user.id, name: user.name, label: labelOf(user, workspace.team.id) })),
    channels: channels
      .filter((one) => !isWithApp(slack, one))
      .map((channel) => ({
        id: channel.id,
        name: channel.kind === 'im' ? otherOf(slack, channel, person) : channel.name,
        kind: channel.kind,
        archived: channel.archived ?? false,
        readOnly: channel.readOnly ?? false,
        shared: channel.shared ?? false,
        botIsIn: channel.members.has(workspace.bot.userId),
        isMember: channel.members.has(person),
        postingProblem: workspace.postingProblem(person, channel),
      })),
    messages: channels.flatMap((channel) => messagesIn(slack, channel.id, person)),
    views,
    home,
    offers: Object.fromEntries(
      [...views, ...(home ? [home] : [])].map(({ id }) => [id, viewer.offersInView(id)]),
    ),
    appChannel: channels.find((one) => isWithApp(slack, one))?.id ?? null,
    keptFolder,
  };
}

function labelOf(user: User, team: string): string {
  if (user.teamId !== undefined && user.teamId !== team) return 'from another organization';
  if (user.role === 'guest' || user.role === 'admin') return user.role;
  return '';
}

const isWithApp = ({ workspace }: LocalSlack, { kind, members }: Channel): boolean =>
  kind === 'im' && members.has(workspace.bot.userId);

function otherOf(slack: LocalSlack, channel: Channel, person: string): string {
  const other = [...channel.members].find((id) => id !== person);
  return other === undefined ? channel.name : slack.workspace.user(other).name;
}

function messagesIn(slack: LocalSlack, channel: string, person: string): ShownMessage[] {
  const viewer = slack.as(person);
  const look = (message: Message | Ephemeral, user: string, ephemeral: boolean): ShownMessage => ({
    ...messageFields(message, user, ephemeral),
    ...viewer.messageInput(message),
  });
  const inChannel = slack.messages(channel);
  const replies = inChannel.flatMap((parent) =>
    slack.thread(channel, parent.ts).filter((one) => !one.broadcast),
  );
  const ephemerals = slack.ephemerals(person).filter((one) => one.channel === channel && one.visible);
  return [
    ...[...inChannel, ...replies].map((message) => look(message, message.user, false)),
    ...ephemerals.map((ephemeral) => look(ephemeral, slack.workspace.bot.userId, true)),
  ].sort((a, b) => a.ts.localeCompare(b.ts));
}

function messageFields(
  message: Message | Ephemeral,
  user: string,
  ephemeral: boolean,
): Omit<ShownMessage, 'state' | 'offers'> {
  const { channel, ts, text, blocks, threadTs } = message;
  const files = 'files' in message && message.files !== undefined ? message.files : [];
  return {
    channel,
    ts,
    user,
    text,
    blocks,
    thread: threadTs ?? null,
    ephemeral,
    broadcast: 'broadcast' in message && message.broadcast === true,
    deleted: 'tombstone' in message && message.tombstone === true,
    files: files.map(({ id, title, content }) => ({ id, title, text: content?.toString('utf8') ?? '' })),
  };
}
