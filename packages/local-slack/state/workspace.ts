import type { IdSource } from './ids.ts';
import { Refusal } from './refusal.ts';

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly realName?: string;
  /** Another team makes it a person from outside, met in a Slack Connect channel. */
  readonly teamId?: string;
  readonly timeZone?: string;
  readonly role?: 'member' | 'admin' | 'guest' | 'bot';
  readonly deactivated?: boolean;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'private' | 'im';
  readonly members: Set<string>;
  readonly archived?: boolean;
  /** Only some people may post: an app's message is refused with `restricted_action`. */
  readonly readOnly?: boolean;
  /** Shared with another organisation by Slack Connect. */
  readonly shared?: boolean;
}

/** The app as it is installed in the workspace. */
export interface Bot {
  readonly appId: string;
  readonly botId: string;
  readonly userId: string;
  readonly name: string;
  readonly scopes: readonly string[];
}

export interface WorkspaceOptions {
  readonly team: Team;
  readonly bot: Bot;
  readonly users: readonly User[];
  readonly channels: readonly (Omit<Channel, 'members'> & { readonly members: readonly string[] })[];
}

/** Who and what there is: team, people, conversations; and the only source of time and ids. */
export class Workspace {
  readonly team: Team;
  readonly bot: Bot;
  readonly now: () => number;
  readonly newId: IdSource;
  readonly #users = new Map<string, User>();
  readonly #channels = new Map<string, Channel>();
  #lastTs = 0;

  constructor(options: WorkspaceOptions, now: () => number, newId: IdSource) {
    this.team = options.team;
    this.bot = options.bot;
    this.now = now;
    this.newId = newId;
    for (const user of options.users) this.#users.set(user.id, user);
    this.#users.set(options.bot.userId, { id: options.bot.userId, name: options.bot.name, role: 'bot' });
    for (const channel of options.channels)
      this.putChannel({ ...channel, members: new Set(channel.members) });
  }

  /** A message timestamp: unique and increasing, a string on purpose. */
  newTs(): string {
    const microseconds = Math.max(Math.floor(this.now() * 1000), this.#lastTs + 1);
    this.#lastTs = microseconds;
    const seconds = Math.floor(microseconds / 1_000_000);
    return `${seconds}.${String(microseconds % 1_000_000).padStart(6, '0')}`;
  }

  user(id: string): User {
    const user = this.#users.get(id);
    if (user === undefined) throw new Refusal('user_not_found');
    return user;
  }

  /** Everybody, the bot excepted. */
  users(): User[] {
    return [...this.#users.values()].filter((user) => user.role !== 'bot');
  }

  hasUser(id: string): boolean {
    return this.#users.has(id);
  }

  putUser(user: User): void {
    this.#users.set(user.id, user);
  }

  channel(id: string): Channel {
    const channel = this.#channels.get(id);
    if (channel === undefined) throw new Refusal('channel_not_found');
    return channel;
  }

  hasChannel(id: string): boolean {
    return this.#channels.has(id);
  }

  channels(): Channel[] {
    return [...this.#channels.values()];
  }

  putChannel(channel: Channel): void {
    this.#channels.set(channel.id, channel);
  }

  /** Changes what is given, such as `{archived: true}`. */
  changeChannel(id: string, change: Partial<Omit<Channel, 'id' | 'members'>>): void {
    this.putChannel({ ...this.channel(id), ...change });
  }

  /** What somebody may know of: public channels and those they are in. Others do not exist for them. */
  visibleTo(userId: string, channelId: string): Channel {
    const channel = this.channel(channelId);
    if (channel.kind !== 'public' && !channel.members.has(userId)) throw new Refusal('channel_not_found');
    return channel;
  }

  /** Whether somebody belongs to this workspace, as a guest or otherwise; people from outside do not. */
  isInTeam(userId: string): boolean {
    return (this.user(userId).teamId ?? this.team.id) === this.team.id;
  }

  /** Members see and join public channels that they are not in; guests and outsiders do not. */
  canJoin(userId: string, channel: Channel): boolean {
    return channel.kind === 'public' && this.user(userId).role !== 'guest' && this.isInTeam(userId);
  }

  /** The sentence for somebody who cannot write there; null for those who can. */
  postingProblem(userId: string, { name, kind, members, archived, readOnly }: Channel): string | null {
    const where = kind === 'im' ? 'this conversation' : `#${name}`;
    if (archived === true) return `Nobody can write in ${where}: it is archived.`;
    if (!members.has(userId)) return `You are not in ${where}.`;
    const onlySome = readOnly === true && this.user(userId).role !== 'admin';
    return onlySome ? `Only some people may write in ${where}.` : null;
  }

  /** The conversation of the bot with one person, unless Slack lets it have none. */
  directMessage(userId: string): Channel {
    if (this.user(userId).role === 'bot') throw new Refusal('cannot_dm_bot');
    if (this.user(userId).deactivated === true) throw new Refusal('user_disabled');
    if (!this.isInTeam(userId) && !this.#haveMet(userId)) throw new Refusal('user_not_visible');
    const members = [this.bot.userId, userId];
    const known = this.channels().find(
      (channel) => channel.kind === 'im' && members.every((one) => channel.members.has(one)),
    );
    if (known !== undefined) return known;
    const opened: Channel = {
      id: this.newId('D'),
      name: 'directmessage',
      kind: 'im',
      members: new Set(members),
    };
    this.putChannel(opened);
    return opened;
  }

  /** Whether the bot shares a channel with them. */
  #haveMet(userId: string): boolean {
    return this.channels().some(({ members }) => members.has(userId) && members.has(this.bot.userId));
  }
}
