import type { Json } from './json.ts';
import { Refusal } from './refusal.ts';
import type { Workspace } from './workspace.ts';

/** Largest upload, in bytes. Slack allows 1 GB, but this server keeps files in memory. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** A message that shows a file. */
export interface FileShare {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs?: string;
}

/** A file that the app has announced or uploaded. */
export interface UploadedFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly altText?: string;
  /** Announced size in bytes. An upload of another size is refused. */
  readonly length: number;
  /** Bytes of the file, null until the app sends them to the upload URL. */
  readonly content: Buffer | null;
  /** True once the app has completed the upload. Until then, no other call finds the file. */
  readonly completed: boolean;
  readonly shares: readonly FileShare[];
  readonly createdAt: number;
}

/** A file's description that the app sends before the upload. */
export type Announcement = Pick<UploadedFile, 'name' | 'length'> & { readonly altText?: string };

/** Files of the app. An upload has three steps: announce, receive, complete. */
export class Files {
  readonly #workspace: Workspace;
  readonly #files = new Map<string, UploadedFile>();
  /** Upload path → file id. A path works once. */
  readonly #paths = new Map<string, string>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Returns all files in the order of their announcement. */
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

  /** Stores the bytes sent to an upload URL. Refuses them if their length isn't the announced one. */
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

  /** Returns a file whose bytes have arrived and whose upload isn't complete. */
  getUploaded(id: string): UploadedFile {
    const file = this.#get(id);
    if (file.content === null || file.completed) throw new Refusal('file_not_found');
    return file;
  }

  /** Returns a file whose upload is complete. */
  getCompleted(id: string): UploadedFile {
    const file = this.#get(id);
    if (!file.completed) throw new Refusal('file_not_found');
    return file;
  }

  complete(id: string, title: string | undefined): UploadedFile {
    this.getUploaded(id);
    return this.#change(id, { completed: true, ...(title === undefined ? {} : { title }) });
  }

  share(id: string, share: FileShare): void {
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

/** Returns a file as Slack shows it in messages and responses. */
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
