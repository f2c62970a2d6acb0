import type { Discussion } from '../../decision/discussion.ts';
import type { PostKey } from '../../decision/post.ts';
import type { Deps, WebClient } from '../../delivery/deps.ts';
import type { Heard } from '../../delivery/heard.ts';
import { inThread, type Thread } from '../../delivery/post-reply.ts';
import { whisper } from '../../delivery/whisper.ts';
import { UploadRefused } from '../../slack/errors.ts';
import { failureOf } from '../../slack/failures.ts';
import { fileRefused } from './message.ts';
import { peopleIn, recordFile } from './record-file.ts';

/** Names are looked up one by one; whoever comes after these keeps their Slack id. */
const MOST_NAMES = 50;
const UPLOAD_TIMEOUT_MS = 8_000;

/** Puts the record as a Markdown file into the card's thread. */
export function uploadRecord(deps: Deps, client: WebClient, key: PostKey): Promise<Heard> {
  return inThread(
    deps,
    key,
    (discussion, thread) => upload(deps, client, discussion, thread),
    async () => {},
    // Card and announcement say that the file is there, so whoever decided hears that it is not.
    async ({ decision, record }, code) => {
      if (record) await whisper(deps, client, decision, record.by, fileRefused(decision, code));
    },
  );
}

async function upload(
  deps: Deps,
  client: WebClient,
  discussion: Discussion,
  thread: Thread,
): Promise<string | null> {
  const { decision, record } = discussion;
  if (record === null || (decision.status !== 'decided' && decision.status !== 'superseded')) return null;
  const card = await deps.store.posts.get({ tenant: decision.tenant, decision: decision.id, kind: 'card' });
  const names = await namesOf(client, peopleIn(discussion, record).slice(0, MOST_NAMES));
  const { fileName, text } = recordFile(deps.rubric, discussion, record, {
    names,
    permalink: card?.permalink ?? null,
  });
  const bytes = new TextEncoder().encode(text);
  const { upload_url: address, file_id: id } = await client.files.getUploadURLExternal({
    filename: fileName,
    length: bytes.length,
  });
  if (address === undefined || id === undefined) throw new UploadRefused('malformed_answer');
  await send(deps, address, bytes);
  await client.files.completeUploadExternal({
    files: [{ id, title: fileName }],
    channel_id: thread.channel,
    thread_ts: thread.ts,
  });
  return id;
}

/** The address is no Web API method: a plain request, whose failures mean that nothing was shown yet. */
async function send({ fetch }: Deps, address: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  let response: Response;
  try {
    response = await fetch(address, {
      method: 'POST',
      body: bytes,
      signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
    });
  } catch {
    throw new UploadRefused('network_error');
  }
  if (!response.ok) throw new UploadRefused(`http_${response.status}`);
}

/** What people are called. Whoever cannot be looked up keeps the id: a record without a name is still one. */
async function namesOf(client: WebClient, people: readonly string[]): Promise<Map<string, string>> {
  const named = await Promise.all(
    people.map(async (user): Promise<[string, string][]> => {
      try {
        const { user: found } = await client.users.info({ user });
        const name =
          found?.profile?.display_name || found?.profile?.real_name || found?.real_name || found?.name;
        return name ? [[user, name]] : [];
      } catch (error) {
        failureOf(error); // rethrows what is not Slack's or the network's doing
        return [];
      }
    }),
  );
  return new Map(named.flat());
}
