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
  /** Home workspace. A user from another one is an outsider, met in a Slack Connect channel. */
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
  /** True if only admins may post. Slack refuses an app's message with `restricted_action`. */
  readonly readOnly?: boolean;
  /** True if Slack Connect shares the channel with another organization. */
  readonly shared?: boolean;
}

/** The app's installation in the workspace. */
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

/** Team, people and channels, and the only source of time and ids. */
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

  /** Returns a new message timestamp: unique and increasing. A string, because a number would lose trailing zeros. */
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

  /** Returns all people, without the bot. */
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

  /** Changes the given fields, such as `{archived: true}`. */
  changeChannel(id: string, change: Partial<Omit<Channel, 'id' | 'members'>>): void {
    this.putChannel({ ...this.channel(id), ...change });
  }

  /** Returns a public channel, or one with the user as a member. Throws a Refusal for any other. */
  visibleTo(userId: string, channelId: string): Channel {
    const channel = this.channel(channelId);
    if (channel.kind !== 'public' && !channel.members.has(userId)) throw new Refusal('channel_not_found');
    return channel;
  }

  /** True for members and guests of this workspace, false for outsiders. */
  isInTeam(userId: string): boolean {
    return (this.user(userId).teamId ?? this.team.id) === this.team.id;
  }

  /** True if the user may read and join the channel without an invitation. Guests and outsiders may not. */
  canJoin(userId: string, channel: Channel): boolean {
    return channel.kind === 'public' && this.user(userId).role !== 'guest' && this.isInTeam(userId);
  }

  /** Returns the reason why the user can't post in the channel, or null. */
  postingProblem(userId: string, { name, kind, members, archived, readOnly }: Channel): string | null {
    const where = kind === 'im' ? 'this conversation' : `#${name}`;
    if (archived === true) return `You can’t post in ${where}, because it’s archived.`;
    if (!members.has(userId)) return `You’re not in ${where}.`;
    const onlySome = readOnly === true && this.user(userId).role !== 'admin';
    return onlySome ? `Only admins can post in ${where}.` : null;
  }

  /** Returns the bot's direct message channel with a user. Throws a Refusal if Slack doesn't allow one. */
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

  #haveMet(userId: string): boolean {
    return this.channels().some(({ members }) => members.has(userId) && members.has(this.bot.userId));
  }
}
