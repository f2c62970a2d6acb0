import { parseArgs } from 'node:util';

export const HELP = `Usage: local-slack --manifest PATH [options] -- COMMAND [ARGUMENT…]

Starts a local Slack, COMMAND as its app, and a page where you act as people.

  --manifest PATH    the app's manifest, as YAML or JSON (required)
  --port N           port of the page (PORT, else 3000)
  --transport KIND   socket or http (PLAYGROUND_TRANSPORT, else socket)
  --data FOLDER      keeps the app's database and log (PLAYGROUND_DATA, else a temporary folder)
  --help             prints this help
`;

const TRANSPORTS = ['socket', 'http'] as const;
/** Slack's way to reach the app: Socket Mode or signed HTTP. */
export type Transport = (typeof TRANSPORTS)[number];

/** A program and its arguments. */
export type Command = readonly [program: string, ...args: string[]];

export interface RunOptions {
  /** Path of the app's manifest. */
  readonly manifest: string;
  readonly port: number;
  readonly transport: Transport;
  /** Folder that is kept at the end; null for a temporary folder. */
  readonly data: string | null;
  /** Command that starts the app. */
  readonly command: Command;
}

export type CommandLine =
  | { readonly kind: 'help' }
  | { readonly kind: 'run'; readonly options: RunOptions }
  | { readonly kind: 'wrong'; readonly problem: string };

const wrong = (problem: string): CommandLine => ({ kind: 'wrong', problem });

/** Reads the arguments after the program's name. A flag overrides its environment variable. */
export function readCommandLine(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): CommandLine {
  const end = args.indexOf('--');
  const [own, [program, ...rest]] = end === -1 ? [args, []] : [args.slice(0, end), args.slice(end + 1)];
  const flags = readFlags(own);
  if (typeof flags === 'string') return wrong(flags);
  if (flags.help) return { kind: 'help' };
  if (flags.manifest === undefined) return wrong('--manifest PATH is missing. --help explains it.');
  if (program === undefined) return wrong('The command that starts the app is missing. Put it after --.');

  const port = flags.port ?? env.PORT ?? '3000';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    return wrong(`${flags.port === undefined ? 'PORT' : '--port'} must be a number up to 65535.`);
  }
  const wanted = flags.transport ?? env.PLAYGROUND_TRANSPORT ?? 'socket';
  const transport = TRANSPORTS.find((known) => known === wanted);
  if (transport === undefined) {
    const name = flags.transport === undefined ? 'PLAYGROUND_TRANSPORT' : '--transport';
    return wrong(`${name} must be socket or http.`);
  }
  const { manifest, data = env.PLAYGROUND_DATA ?? null } = flags;
  const command: Command = [program, ...rest];
  return { kind: 'run', options: { manifest, port: Number(port), transport, data, command } };
}

/** Returns the flags, or a sentence about the first wrong one. */
function readFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        manifest: { type: 'string' },
        port: { type: 'string' },
        transport: { type: 'string' },
        data: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
