import { decode } from '../../support/slack.ts';

export interface Message {
  readonly ts: string;
  readonly thread: string | null;
  text: string;
  blocks: unknown;
  removed: boolean;
}

export interface Whisper {
  readonly text: string;
  readonly blocks: unknown;
}

/** What has come of the calls that Slack took: what people see there. */
export class Ledger {
  readonly messages: Message[] = [];
  readonly whispers: Whisper[] = [];
  readonly files = new Map<string, string>();
  readonly completions: string[] = [];
  /** The dialog that was opened last. */
  view: unknown = null;

  /** Slack took this call and has this to say. */
  write(method: string, body: unknown, answer: Readonly<Record<string, unknown>>): void {
    const args = method === 'upload' ? {} : decode(body);
    switch (method) {
      case 'chat.postMessage':
        this.messages.push({
          ts: String(answer.ts),
          thread: args.thread_ts === undefined ? null : String(args.thread_ts),
          text: String(args.text),
          blocks: args.blocks,
          removed: false,
        });
        break;
      case 'chat.update': {
        const message = this.messages.find(({ ts }) => ts === args.ts);
        if (message) Object.assign(message, { text: String(args.text), blocks: args.blocks });
        break;
      }
      case 'chat.delete':
        for (const message of this.messages) if (message.ts === args.ts) message.removed = true;
        break;
      case 'response_url':
      case 'chat.postEphemeral':
        this.whispers.push({ text: String(args.text), blocks: args.blocks });
        break;
      case 'views.open':
      case 'views.update':
        this.view = args.view;
        break;
      case 'files.completeUploadExternal':
        for (const { id, title } of filesIn(args.files)) this.files.set(id, title);
        break;
      case 'files.delete':
        this.files.delete(String(args.file));
        break;
      case 'functions.completeSuccess':
      case 'functions.completeError':
        this.completions.push(`a step has ended: ${String(args.function_execution_id)}`);
        break;
      default:
    }
  }

  /** What stands in the channel, in no order: the rest of its life a message keeps its place. */
  standing(): string[] {
    return [
      ...this.messages
        .filter(({ removed }) => !removed)
        .map(({ thread, text }) => `${thread === null ? 'card' : 'reply'}: ${timeless(text)}`),
      ...[...this.files.values()].map((title) => `file: ${title}`),
      ...this.completions,
    ].sort();
  }
}

/** Moments differ where a clock jumps. */
export const timeless = (text: string): string => text.replaceAll(/<!date\^\d+/g, '<!date');

function filesIn(files: unknown): { id: string; title: string }[] {
  if (!Array.isArray(files)) return [];
  return files.map((file: unknown) => {
    const { id, title } = { id: '', title: '', ...(typeof file === 'object' ? file : {}) };
    return { id, title };
  });
}
