import type { Message } from '../../blocks/message.ts';
import { quoteText, section } from '../../blocks/text.ts';
import type { Decision } from '../../decision/decision.ts';
import type { Discussion } from '../../decision/discussion.ts';
import type { PostKey } from '../../decision/post.ts';
import { deliverInThread, postEphemeral, type Thread } from '../../delivery/card-thread.ts';
import type { CallOutcome } from '../../delivery/deliver.ts';
import type { Deps, WebClient } from '../../delivery/deps.ts';
import { failureOf, UploadRefused } from '../../slack/failures.ts';
import { gatherAdrInput, peopleNamedIn } from './input.ts';
import { renderAdr } from './madr.ts';

/** Most people whose names are looked up, one request each. The record shows the ids of all others. */
const MOST_NAMES = 50;
const UPLOAD_TIMEOUT_MS = 8_000;

/** Uploads the record as a Markdown file into the card's thread. */
export function uploadRecord(deps: Deps, client: WebClient, key: PostKey): Promise<CallOutcome> {
  return deliverInThread(
    deps,
    key,
    (discussion, thread) => upload(deps, client, discussion, thread),
    async () => {},
    // The card and the announcement promise the file, so the bot tells the decider that it is missing.
    async ({ decision, record }, code) => {
      if (record) await postEphemeral(deps, client, decision, record.by, fileRefusedMessage(decision, code));
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
  const names = await displayNamesOf(client, peopleNamedIn(discussion, record).slice(0, MOST_NAMES));
  const found = { names, permalink: card?.permalink ?? null };
  const { fileName, text } = renderAdr(gatherAdrInput(deps.rubric, discussion, record, found));
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

/** Uploads the bytes to a URL that is no Web API method. If this fails, the thread shows nothing yet. */
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

/** Looks up display names. Leaves out people whose names Slack doesn't return: the record shows their ids. */
async function displayNamesOf(client: WebClient, people: readonly string[]): Promise<Map<string, string>> {
  const named = await Promise.all(
    people.map(async (user): Promise<[string, string][]> => {
      try {
        const { user: found } = await client.users.info({ user });
        const name =
          found?.profile?.display_name || found?.profile?.real_name || found?.real_name || found?.name;
        return name ? [[user, name]] : [];
      } catch (error) {
        failureOf(error); // rethrows errors that aren't Slack's or the network's
        return [];
      }
    }),
  );
  return new Map(named.flat());
}

/** The private message to the decider that the record's file isn't in the thread. */
export function fileRefusedMessage({ project }: Decision, code: string): Message {
  const help =
    code === 'missing_scope'
      ? 'The app lacks the permission to upload files: ask an admin to install it again.'
      : `Slack did not take it (${code}).`;
  const text = `The record for ${quoteText(project)} is not in the thread as a file. ${help} Then pick “Export the record” in the menu of the card.`;
  return { text, blocks: [section(text)] };
}
