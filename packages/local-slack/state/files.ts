import type { Json } from './json.ts';
import { Refusal } from './refusal.ts';
import type { Workspace } from './workspace.ts';

/** Slack takes up to 1 GB; this one keeps everything in memory. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** Where a file was shown. */
export interface Share {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs?: string;
}

/** A file that the app has uploaded. */
export interface UploadedFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly altText?: string;
  /** What the app has announced; an upload of another size is refused. */
  readonly length: number;
  /** Null until the app has sent it to the upload URL. */
  readonly content: Buffer | null;
  /** Until then the file exists for nobody. */
  readonly completed: boolean;
  readonly shares: readonly Share[];
  readonly createdAt: number;
}

/** What an app says about a file before it uploads it. */
export type Announcement = Pick<UploadedFile, 'name' | 'length'> & { readonly altText?: string };

/** Files on their three steps: announced, uploaded, completed. */
export class Files {
  readonly #workspace: Workspace;
  readonly #files = new Map<string, UploadedFile>();
  /** Path of the upload URL → file; each works once. */
  readonly #paths = new Map<string, string>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** In the order of announcement. */
  all(): UploadedFile[] {
    return [...this.#files.values()];
  }

  announce(announced: Announcement): { readonly id: string; readonly path: string } {
    const id = this.#workspace.newId('F');
    const createdAt = this.#workspace.now();
    const waiting = { content: null, completed: false, shares: [], createdAt };
    this.#files.set(id, { id, title: announced.name, ...announced, ...waiting });
    const path = this.#workspace.newId('upload-');
    this.#paths.set(path, id);
    return { id, path };
  }

  /** Takes what was sent to an upload URL, if it is as long as announced. */
  receive(path: string, content: Buffer): UploadedFile {
    const id = this.#paths.get(path);
    if (id === undefined) throw new Refusal('no_such_upload');
    const { length } = this.#get(id);
    if (content.length !== length) {
      throw new Refusal('length_mismatch', { announced: length, received: content.length });
    }
    this.#paths.delete(path);
    return this.#change(id, { content });
  }

  /** A file that was uploaded and waits for its completion. */
  getUploaded(id: string): UploadedFile {
    const file = this.#get(id);
    if (file.content === null || file.completed) throw new Refusal('file_not_found');
    return file;
  }

  /** A file that there is for others, too. */
  getCompleted(id: string): UploadedFile {
    const file = this.#get(id);
    if (!file.completed) throw new Refusal('file_not_found');
    return file;
  }

  complete(id: string, title: string | undefined): UploadedFile {
    this.getUploaded(id);
    return this.#change(id, { completed: true, ...(title === undefined ? {} : { title }) });
  }

  share(id: string, share: Share): void {
    this.#change(id, { shares: [...this.getCompleted(id).shares, share] });
  }

  delete(id: string): void {
    this.getCompleted(id);
    this.#files.delete(id);
  }

  #get(id: string): UploadedFile {
    const file = this.#files.get(id);
    if (file === undefined) throw new Refusal('file_not_found');
    return file;
  }

  #change(id: string, change: Partial<UploadedFile>): UploadedFile {
    const changed = { ...this.#get(id), ...change };
    this.#files.set(id, changed);
    return changed;
  }
}

/** A file as it stands in messages and answers. */
export function fileJson(file: UploadedFile, { team, bot }: Workspace): Json {
  const { id, name, title, length, altText, createdAt } = file;
  const created = Math.floor(createdAt / 1000);
  const extension = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? 'text';
  const address = `https://files.slack.com/files-pri/${team.id}-${id}/${encodeURIComponent(name)}`;
  return {
    id,
    created,
    timestamp: created,
    name,
    title,
    filetype: extension,
    mode: 'hosted',
    size: length,
    user: bot.userId,
    user_team: team.id,
    editable: false,
    is_external: false,
    is_public: false,
    url_private: address,
    permalink: `https://${team.domain}.slack.com/files/${bot.userId}/${id}/${encodeURIComponent(name)}`,
    ...(altText === undefined ? {} : { alt_txt: altText }),
  };
}
