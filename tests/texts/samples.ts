/** Samples of what the bot sends, sorted by the screen that shows them. */
import type { TestBot } from '../support/bot.ts';
import { renderMessage, renderView, visible } from './render.ts';

export const SCREENS = [
  'Card',
  'Dialogs',
  'Thread',
  'Record file',
  'Private replies',
  'Errors and refusals',
  'Notices and reminders',
  'Home',
  'History',
  'Help',
  'Privacy',
  'Workflow step',
  'Install pages',
  'Command line',
] as const;
export type Screen = (typeof SCREENS)[number];

/** Screens that only one person sees, but that are longer than a reply. */
const LISTS: ReadonlySet<Screen> = new Set<Screen>(['Help', 'History', 'Privacy']);

export interface Sample {
  readonly screen: Screen;
  /** Name of the state or the dialog. Samples with the same name are examples of the same thing. */
  readonly title: string;
  /** The sample as plain text. */
  readonly shown: string;
  /** The payload that Slack would check; absent for files, pages, outputs and field errors. */
  readonly message?: { readonly text?: unknown; readonly blocks: unknown };
  readonly view?: unknown;
  /** True for a short reply that only one person sees. */
  readonly isPrivate?: boolean;
}

/** Where a step's messages belong if that isn't clear from the call. */
export interface StepNames {
  /** State of the card after this step. */
  readonly card?: string;
  /** Name of the private reply. Without a screen, name of the reply in the thread. */
  readonly as?: string;
  /** Screen of private replies and of direct responses. */
  readonly screen?: Screen;
  /** Screen of replies in threads. */
  readonly thread?: Screen;
}

type Args = Readonly<Record<string, unknown>>;
const isArgs = (value: unknown): value is Args => typeof value === 'object' && value !== null;

/** Plays payloads through a bot and keeps everything it sends. */
export class Recorder {
  readonly samples: Sample[] = [];

  add(sample: Sample): void {
    if (sample.shown.trim() !== '') this.samples.push(sample);
  }

  /** Delivers a payload, lets the bot finish, and keeps what it sent. */
  async play(
    bot: TestBot,
    body: Record<string, unknown>,
    names: StepNames = {},
  ): Promise<readonly unknown[]> {
    const before = bot.slack.calls.length;
    const { acks } = await bot.deliver(body);
    await settle(bot);
    this.keepAcks(acks, names);
    this.keepCalls(bot, before, names);
    return acks;
  }

  keepAcks(acks: readonly unknown[], names: StepNames): void {
    for (const ack of acks)
      if (isArgs(ack)) this.#keepAck(ack, names);
      else if (typeof ack === 'string') this.#reply({ text: ack }, names);
  }

  /** Keeps the calls since an earlier length of the bot's call list. */
  keepCalls(bot: TestBot, before: number, names: StepNames = {}): void {
    const calls = bot.slack.calls.slice(before);
    const card = calls.findIndex(
      ({ method, args }) => method === 'chat.postMessage' && !('thread_ts' in args),
    );
    const first = calls.findIndex(
      ({ method, args }, i) => card >= 0 && i > card && method === 'chat.postMessage' && 'thread_ts' in args,
    );
    for (const [i, { method, args }] of calls.entries())
      if (i === first) this.#message('Thread', 'First reply', args);
      else this.#keepCall(method, args, names);
  }

  #keepCall(method: string, args: Args, names: StepNames): void {
    const { as, card, screen, thread } = names;
    if (method === 'chat.postMessage' || method === 'chat.update') {
      const isThread = 'thread_ts' in args;
      // A card in a message's thread is a card.
      const isCard = !isThread || /"type":"overflow"/.test(JSON.stringify(args.blocks ?? ''));
      if (isCard) this.#message('Card', card ?? 'Other states', args);
      else {
        const title = screen === undefined || thread !== undefined ? as : undefined;
        this.#message(thread ?? 'Thread', title ?? 'Other replies', args);
      }
    } else if (method === 'chat.postEphemeral' || method.startsWith('https://hooks.')) {
      this.#reply(args, names);
    } else if (method === 'views.publish') {
      this.#view('Home', 'Home', args.view);
    } else if (method.startsWith('views.')) {
      this.#dialog(args.view, names);
    } else if (method === 'functions.completeSuccess' || method === 'functions.completeError') {
      const outputs = isArgs(args.outputs) ? Object.entries(args.outputs) : [['error', args.error]];
      const shown = outputs.map(([name, value]) => `${name}: ${value}`).join('\n');
      this.add({
        screen: 'Workflow step',
        title: as ?? (isArgs(args.outputs) ? 'Outputs' : 'Errors'),
        shown,
      });
    } else if (method.startsWith('https://files.')) {
      this.add({ screen: 'Record file', title: 'Record', shown: String(args.body ?? '') });
    } else if (method === 'files.completeUploadExternal' && args.initial_comment !== undefined) {
      const shown = visible(String(args.initial_comment));
      this.add({ screen: 'Thread', title: 'With the record file', shown });
    }
  }

  #keepAck(ack: Args, names: StepNames): void {
    if (ack.response_action === 'errors' && isArgs(ack.errors)) {
      for (const sentence of Object.values(ack.errors))
        this.add({ screen: 'Errors and refusals', title: 'On a field of a dialog', shown: String(sentence) });
    } else if (isArgs(ack.view)) this.#dialog(ack.view, names);
    else if ('text' in ack || 'blocks' in ack) this.#reply(ack, names);
  }

  #reply(args: Args, { as, screen = 'Private replies' }: StepNames): void {
    this.#message(screen, as ?? 'Other replies', args, !LISTS.has(screen));
  }

  #message(screen: Screen, title: string, { text, blocks }: Args, isPrivate = false): void {
    const shown = renderMessage({ text, blocks });
    this.add({
      screen,
      title,
      shown,
      isPrivate,
      ...(blocks === undefined ? {} : { message: { text, blocks } }),
    });
  }

  #dialog(view: unknown, { screen }: StepNames): void {
    this.#view(screen === 'Privacy' ? screen : 'Dialogs', dialogTitle(view), view);
  }

  #view(screen: Screen, title: string, view: unknown): void {
    this.add({ screen, title, shown: renderView(view), view });
  }
}

const dialogTitle = (view: unknown): string =>
  isArgs(view) && isArgs(view.title) ? String(view.title.text) : 'Dialog';

/** Lets everything that is due soon happen. */
export async function settle(bot: TestBot, seconds = 10): Promise<void> {
  for (let i = 0; i < seconds; i += 5) {
    bot.clock.advance(5_000);
    await bot.bot.idle();
  }
}
