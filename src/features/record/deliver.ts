import type { Message } from '../../blocks/message.ts';
import { quoteText, section } from '../../blocks/text.ts';
import { parseTimeZone } from '../../decision/days.ts';
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
  const people = await lookUp(client, peopleNamedIn(discussion, record).slice(0, MOST_NAMES));
  const found = {
    names: new Map([...people].map(([id, { name }]) => [id, name])),
    timeZone: parseTimeZone(people.get(record.by)?.timeZone) ?? 'UTC',
    permalink: card?.permalink ?? null,
  };
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
    initial_comment: fileComment(discussion.decision),
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

interface Person {
  /** Empty if Slack returns no name: the record shows the id. */
  readonly name: string;
  readonly timeZone: string | undefined;
}

/** Looks up names and time zones. Leaves out people whom Slack doesn't return. */
async function lookUp(client: WebClient, people: readonly string[]): Promise<Map<string, Person>> {
  const found = await Promise.all(
    people.map(async (user): Promise<[string, Person][]> => {
      try {
        const { user: info } = await client.users.info({ user });
        const name = info?.profile?.display_name || info?.profile?.real_name || info?.real_name || info?.name;
        return [[user, { name: name ?? '', timeZone: info?.tz }]];
      } catch (error) {
        failureOf(error); // rethrows errors that aren't Slack's or the network's
        return [];
      }
    }),
  );
  return new Map(found.flat());
}

/** The sentence above the file in the thread. */
export function fileComment({ project }: Pick<Decision, 'project'>): string {
  return `Save this record for ${quoteText(project)} in the project’s repository.`;
}

/** The private message to the decider that the record's file isn't in the thread. */
export function fileRefusedMessage({ project }: Decision, code: string): Message {
  const [cause, next] =
    code === 'missing_scope'
      ? ['the app may not upload files', 'Ask an admin to install it again, then pick']
      : [`Slack refused the file (${code})`, 'To try again, pick'];
  const text = `I couldn’t add the record for ${quoteText(project)} to the thread, because ${cause}. ${next} “Export record” in the card’s menu.`;
  return { text, blocks: [section(text)] };
}
