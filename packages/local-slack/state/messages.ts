import type { UploadedFile } from './files.ts';
import type { Block, Json } from './json.ts';
import { Refusal } from './refusal.ts';

export interface Message {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  /** Set if an app posted the message. */
  readonly botId?: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** Set for a reply: the parent's `ts`. */
  readonly threadTs?: string;
  /** True for a reply that is also shown in the channel. */
  readonly broadcast?: boolean;
  readonly metadata?: Json;
  readonly files?: readonly UploadedFile[];
  /** Number of updates. */
  readonly edits: number;
  /** True if the message was deleted but still has replies. */
  readonly tombstone?: boolean;
}

export interface Ephemeral {
  readonly channel: string;
  readonly user: string;
  readonly ts: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly threadTs?: string;
  /** False in a thread without replies: Slack shows such a message nowhere. */
  readonly visible: boolean;
  /** Set if the app deleted the message through a response_url. */
  readonly gone?: 'deleted';
}

type NewMessage = Omit<Message, 'edits'>;

/** All messages, in the order of posting. */
export class Messages {
  #messages: Message[] = [];
  #ephemerals: Ephemeral[] = [];

  /** Returns the messages in the channel view: no replies except broadcast ones. */
  inChannel(channel: string): Message[] {
    return this.#messages.filter(
      (one) => one.channel === channel && (one.threadTs === undefined || one.broadcast === true),
    );
  }

  /** Returns a thread's replies, without the parent message. */
  inThread(channel: string, ts: string): Message[] {
    return this.#messages.filter((one) => one.channel === channel && one.threadTs === ts);
  }

  all(): readonly Message[] {
    return this.#messages;
  }

  find(channel: string, ts: string): Message | undefined {
    return this.#messages.find((one) => one.channel === channel && one.ts === ts && one.tombstone !== true);
  }

  get(channel: string, ts: string): Message {
    const message = this.find(channel, ts);
    if (message === undefined) throw new Refusal('message_not_found');
    return message;
  }

  /** Adds a message. Throws a Refusal if `threadTs` isn't a parent message's. */
  post(message: NewMessage): Message {
    if (message.threadTs !== undefined) this.checkParent(message.channel, message.threadTs);
    const posted: Message = { ...message, edits: 0 };
    this.#messages.push(posted);
    return posted;
  }

  checkParent(channel: string, ts: string): void {
    const parent = this.#messages.find((one) => one.channel === channel && one.ts === ts);
    if (parent === undefined) throw new Refusal('thread_not_found');
    if (parent.threadTs !== undefined) throw new Refusal('cannot_reply_to_message');
  }

  update(
    channel: string,
    ts: string,
    change: Partial<Pick<Message, 'text' | 'blocks' | 'metadata'>>,
  ): Message {
    const old = this.get(channel, ts);
    const updated: Message = { ...old, ...change, edits: old.edits + 1 };
    this.#messages = this.#messages.map((one) => (one === old ? updated : one));
    return updated;
  }

  /** Removes a deleted file from a message. Deletes the message if it showed nothing else. */
  removeFile(channel: string, ts: string, fileId: string): void {
    const old = this.find(channel, ts);
    if (old === undefined) return;
    const files = (old.files ?? []).filter(({ id }) => id !== fileId);
    if (files.length === 0 && old.text === '' && old.blocks.length === 0) this.delete(channel, ts);
    else this.#messages = this.#messages.map((one) => (one === old ? { ...old, files } : one));
  }

  delete(channel: string, ts: string): void {
    const old = this.get(channel, ts);
    const hasReplies = this.inThread(channel, ts).length > 0;
    this.#messages = this.#messages.flatMap((one): Message[] => {
      if (one !== old) return [one];
      const nothing = { text: 'This message was deleted.', blocks: [], files: [], tombstone: true };
      return hasReplies ? [{ ...old, ...nothing }] : [];
    });
  }

  postEphemeral(ephemeral: Omit<Ephemeral, 'visible'>): Ephemeral {
    const { channel, threadTs } = ephemeral;
    const visible = threadTs === undefined || this.inThread(channel, threadTs).length > 0;
    const whispered = { ...ephemeral, visible };
    this.#ephemerals.push(whispered);
    return whispered;
  }

  /** Returns a person's ephemeral messages that still exist, oldest first. */
  ephemeralsFor(user: string): Ephemeral[] {
    return this.#ephemerals.filter((one) => one.user === user && one.gone === undefined);
  }

  findEphemeral(user: string, ts: string): Ephemeral | undefined {
    return this.ephemeralsFor(user).find((one) => one.ts === ts);
  }

  updateEphemeral(
    user: string,
    ts: string,
    change: Partial<Pick<Ephemeral, 'text' | 'blocks' | 'gone'>>,
  ): void {
    this.#ephemerals = this.#ephemerals.map((one) =>
      one.user === user && one.ts === ts ? { ...one, ...change } : one,
    );
  }
}

export const isEphemeral = (message: Message | Ephemeral): message is Ephemeral => 'visible' in message;
