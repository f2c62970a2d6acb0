import type { Person } from '../../../../packages/local-slack/people/person.ts';
import type { Block } from '../../../../packages/local-slack/state/json.ts';
import type { Ephemeral, Message } from '../../../../packages/local-slack/state/messages.ts';
import type { Message as Seen } from '../ledger.ts';
import { timeless } from '../ledger.ts';
import { broken, facts, type Outside } from '../promises.ts';
import { UNDER_WAY } from '../run.ts';
import type { Look, Stage } from './stage.ts';

/** Those who take part in it, and where it happens: its own, so that no scene sees anything of another one. */
export class Scene {
  readonly stage: Stage;
  readonly channel: string;
  readonly asker: Person;
  readonly other: Person;

  /** @param isMember whether the bot is in the channel */
  constructor(stage: Stage, isMember = true) {
    stage.scenes += 1;
    const { workspace } = stage.slack;
    const [channel, asker, other] = ['C0SCENE', 'U0ASKER', 'U0OTHER'].map((id) => `${id}${stage.scenes}`);
    if (!channel || !asker || !other) throw new Error('unreachable');
    for (const id of [asker, other])
      workspace.putUser({ id, name: id.toLowerCase(), timeZone: 'Europe/Berlin' });
    const members = new Set([asker, other, ...(isMember ? [workspace.bot.userId] : [])]);
    workspace.putChannel({ id: channel, name: channel.toLowerCase(), kind: 'public', members });
    this.stage = stage;
    this.channel = channel;
    this.asker = stage.slack.as(asker);
    this.other = stage.slack.as(other);
  }

  get slack() {
    return this.stage.slack;
  }

  cards(): Message[] {
    return this.slack
      .messages(this.channel)
      .filter(
        (message) => message.threadTs === undefined && !message.tombstone && message.botId !== undefined,
      );
  }

  /** The newest one. */
  card(): Message {
    const card = this.cards().at(-1);
    if (!card) throw new Error('there is no card');
    return card;
  }

  /** Wherever it stands: where it was asked for from a message, in that one's thread. */
  cardWith(blockId: string): Message | undefined {
    const { slack, channel } = this;
    return slack
      .messages(channel)
      .flatMap((top) => [top, ...slack.thread(channel, top.ts)])
      .find(({ blocks }) =>
        blocks.some((block) => block.block_id === blockId && JSON.stringify(block).includes('"card_menu"')),
      );
  }

  /** What only this person sees, the newest one with this button. */
  whisperWith(person: Person, actionId: string): Ephemeral {
    const found = this.#whisper(person, actionId);
    if (!found) throw new Error(`nothing with ${actionId} was said to ${person.id}`);
    return found;
  }

  wasOffered(person: Person, actionId: string): boolean {
    return this.#whisper(person, actionId) !== undefined;
  }

  #whisper(person: Person, actionId: string): Ephemeral | undefined {
    return this.slack
      .ephemerals(person.id)
      .findLast(({ blocks }) => JSON.stringify(blocks).includes(`"${actionId}"`));
  }

  /** Nothing is left to be done. */
  async settled(): Promise<void> {
    if (!(await this.stage.settled())) throw new Error('it does not come to rest');
  }

  async facts(): Promise<string> {
    return this.plain(await this.stage.look((look) => facts(this.#outside(look))));
  }

  broken(): Promise<string[]> {
    return this.stage.look((look) => broken(this.#outside(look), false));
  }

  /** Something of it had left and was not yet known to have arrived, when the process died. */
  underWay(): Promise<boolean> {
    return this.stage.look(({ rows }) => rows(UNDER_WAY).length > 0);
  }

  /** What stands in the channel, without what differs from one scene to another. */
  standing(): string[] {
    const files = this.slack.files
      .filter(({ completed, shares }) => completed && shares.some(({ channel }) => channel === this.channel))
      .map(({ title }) => `file: ${title}`);
    return [
      ...this.#messages()
        .filter(({ removed, text }) => !removed && text !== '')
        .map(({ thread, text }) => `${thread === null ? 'card' : 'reply'}: ${timeless(text)}`),
      ...files,
      ...this.#completions(),
    ]
      .map((line) => this.plain(line))
      .sort();
  }

  plain(text: string): string {
    return text
      .replaceAll(/([CU]0(?:SCENE|ASKER|OTHER))\d+/gi, '$1')
      .replaceAll(/\d{4}-\d\d-\d\d(?:T\d\d:\d\dZ)?/g, 'DAY')
      .replaceAll(/\bp?1\d{9}\.?\d{6}\b/g, 'TS')
      .replaceAll(/\b(1\d{12})\b/g, 'MOMENT')
      .replaceAll(/\bFx\w{8}\b/g, 'Fx');
  }

  #outside({ store, rows }: Look): Outside {
    return {
      store,
      decisions: () =>
        rows(
          `SELECT tenant, id, status FROM decisions WHERE channel = '${this.channel}' ORDER BY created_at, id`,
        ).map(({ tenant, id, status }) => ({
          tenant: String(tenant),
          id: String(id),
          status: String(status),
        })),
      departures: () => Number(rows('SELECT count(*) AS n FROM departures')[0]?.n),
      installed: () => [],
      seen: {
        messages: this.#messages(),
        whispers: [this.asker, this.other].flatMap(({ id }) => this.slack.ephemerals(id)),
        completions: this.#completions(),
      },
    };
  }

  #messages(): Seen[] {
    const { slack, channel } = this;
    const tops = slack.messages(channel).filter(({ threadTs }) => threadTs === undefined);
    return tops
      .flatMap((top) => [top, ...slack.thread(channel, top.ts)])
      .map(({ ts, threadTs, text, blocks, tombstone }) => ({
        ts,
        thread: threadTs ?? null,
        text,
        blocks: blocks.map(asSent),
        removed: tombstone === true,
      }));
  }

  #completions(): string[] {
    return (
      this.slack.executions
        .filter(({ state, step }) => state !== 'running' && step.inputs.channel === this.channel)
        // Well or not: of one whose card may not be there, the workflow is told that it has failed.
        .map(() => 'a step has ended')
    );
  }
}

/** Slack gives those an id that have none. */
function asSent(block: Block): object {
  const { block_id, ...rest } = block;
  return /^b[0-9A-Z]{8}$/.test(block_id) ? rest : block;
}
