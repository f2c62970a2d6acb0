import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openConnection, summary } from '../../../bench/speed/load.ts';
import { signed } from '../../../bench/speed/requests.ts';
import { command } from '../../support/payloads.ts';
import { startBot } from './bot.ts';
import { manyWorkspaces, SIGNING_SECRET } from './many-workspaces.ts';
import type { Outcome, Scenario } from './scenario.ts';
import { startSlack } from './slack.ts';
import { onStage, type Stage } from './stage.ts';

export interface ConnectionsSize {
  /** Of each kind. */
  readonly each: number;
  /** For how long people go on using the bot meanwhile. */
  readonly seconds: number;
  /** Whether to wait until the bot itself ends them; else they are given up. */
  readonly untilEnded: boolean;
  /** Whether times count: on a machine that is busy with other things they prove nothing. */
  readonly timed: boolean;
}

const FORM = 'content-type: application/x-www-form-urlencoded\r\n';
const HEAD = `POST /slack/events HTTP/1.1\r\nhost: bot\r\n${FORM}content-length: 5000\r\n`;

/** Connections that hold something and give nothing. */
const KINDS: Readonly<Record<string, (socket: Socket) => void>> = {
  silent: () => {},
  halfHead: (socket) => void socket.write(HEAD),
  drippingHead: (socket) => drip(socket, HEAD),
  drippingBody: (socket) => {
    socket.write(`${HEAD}\r\n`);
    drip(socket, 'payload=');
  },
  halfOpen: (socket) => {
    socket.write(HEAD);
    socket.end();
  },
  /** Asks and never reads the answer. */
  deaf: (socket) => {
    socket.pause();
    socket.write(requestOf('help', '0', ''));
  },
};

const DRIP_EVERY_MS = 250;
const PEOPLE_PER_SECOND = 20;
const SERVED_WITHIN_MS = 1_000;
/** The bot gives a request 15 seconds, and looks every five; an idle connection 65. */
const ENDED_WITHIN_MS = 90_000;
const FILES_LEFT = 10;

/** Thousands of connections from nowhere are open, and people are served as ever, each over a new one. */
export function connections(size: ConnectionsSize): Scenario {
  return { name: 'connections', run: () => onStage((stage) => run(stage, size)) };
}

async function run(stage: Stage, { each, seconds, untilEnded, timed }: ConnectionsSize): Promise<Outcome> {
  const slack = await startSlack();
  stage.atEnd(() => slack.close());
  const env = await manyWorkspaces(join(stage.folder, 'bot.db'), slack.apiUrl, ['T1']);
  const bot = await startBot(env);
  stage.atEnd(() => bot.stop('SIGKILL'));
  const dialogs = new Map<string, number>();
  slack.onCall = ({ method, args, at }) => {
    if (method === 'views.open') dialogs.set(args.trigger_id?.split('-')[0] ?? '', at);
  };
  const sentAt = new Map<string, number>();
  const serve = async (id: string): Promise<boolean> => {
    sentAt.set(id, performance.now());
    const connection = await openConnection(bot.port);
    const answer = await connection
      .ask(requestOf('', slack.trigger(id), slack.replyUrl(id)))
      .catch(() => null);
    connection.close();
    return answer === '';
  };
  await serve('first');
  const before = bot.openFiles() ?? 0;

  let open = 0;
  const sockets: Socket[] = [];
  stage.atEnd(() => sockets.map((socket) => socket.destroy()));
  for (let i = 0; i < each; i += 1) {
    for (const begin of Object.values(KINDS)) {
      const socket = connect({ host: '127.0.0.1', port: bot.port });
      sockets.push(socket);
      open += 1;
      socket.on('error', () => {});
      socket.once('close', () => {
        open -= 1;
      });
      socket.once('connect', () => begin(socket));
    }
    if (i % 20 === 0) await pause(5);
  }
  const people: Promise<boolean>[] = [];
  for (let i = 0; i < seconds * PEOPLE_PER_SECOND; i += 1) {
    people.push(serve(`p${i}`));
    await pause(1_000 / PEOPLE_PER_SECOND);
  }
  const filesMeanwhile = bot.openFiles() ?? 0;
  const refused = (await Promise.all(people)).filter((served) => !served).length;
  for (let i = 0; i < 100 && dialogs.size < sentAt.size; i += 1) await pause(50);
  const served = summary(
    [...sentAt].map(([id, at]) => (dialogs.get(id) ?? Number.POSITIVE_INFINITY) - at),
    seconds * 1_000,
  );

  if (!untilEnded) for (const socket of sockets) socket.destroy();
  // Whoever never reads does not see the end of it either.
  for (const socket of sockets) socket.resume();
  const until = performance.now() + ENDED_WITHIN_MS;
  while (performance.now() < until && (open > 0 || (bot.openFiles() ?? 0) > before + FILES_LEFT))
    await pause(100);
  const files = bot.openFiles() ?? 0;
  const broken = [
    [bot.ended() !== null, `the bot ended (${bot.ended()})`],
    [refused > 0, `${refused} people were not answered`],
    [dialogs.size < sentAt.size, `${sentAt.size - dialogs.size} people got no dialog`],
    [timed && served.p99 >= SERVED_WITHIN_MS, 'people waited for a second or more'],
    [open > 0, `${open} connections are still open`],
    [files > before + FILES_LEFT, `${files - before} files are still open`],
    [bot.errors().length > 0, `errors in the log: ${JSON.stringify(bot.errors()[0])}`],
  ] as const;
  return {
    figures: {
      connections: sockets.length,
      filesMeanwhile,
      filesLeft: files - before,
      served: sentAt.size,
      servedP50Ms: served.p50,
      servedP99Ms: served.p99,
    },
    broken: broken.flatMap(([is, words]) => (is ? [words] : [])),
  };
}

function requestOf(text: string, trigger: string, replyUrl: string): Buffer {
  const fields = Object.entries(command(text, { trigger_id: trigger, response_url: replyUrl })).map(
    ([name, value]) => [name, String(value)],
  );
  const body = new URLSearchParams(fields).toString();
  return signed({ type: 'application/x-www-form-urlencoded', body }, SIGNING_SECRET);
}

/** One character at a time, and never all of it. */
function drip(socket: Socket, text: string): void {
  let n = 0;
  const timer = setInterval(() => {
    socket.write(text[n++ % text.length] ?? '');
  }, DRIP_EVERY_MS);
  socket.once('close', () => clearInterval(timer));
}
