/**
 * `npm run promises -- faults`: everything. `vote`, `vote/7` or `vote/7/lost` after it: a part of what one process does.
 * `processes`, `processes/vote` or `processes/vote/7`: whole processes that die. `socket/…`: the same over Socket Mode.
 * `postgres/vote/3/lost-after`: statements on PostgreSQL.
 */
import { startPostgres } from '../../../bench/instances/postgres.ts';
import { enumerate, type Figures, inWords, NONE } from './enumerate.ts';
import { KINDS, kindsAt } from './point.ts';
import { enumerate as enumerateStatements, WRITING } from './postgres/enumerate.ts';
import { PostgresPlaces } from './postgres/place.ts';
import { enumerate as enumerateProcesses, type Harness, PROCESSES, SOCKET } from './processes/enumerate.ts';
import { USE_CASES } from './use-cases.ts';

const parts = (process.argv[2] ?? '').split('/').map((part) => part || undefined);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const HARNESSES: Readonly<Record<string, (...rest: (string | undefined)[]) => Promise<Figures>>> = {
  calls: async (useCase, call, kind) => {
    const unknown =
      (useCase !== undefined && !USE_CASES.some(({ name }) => name === useCase)) ||
      (kind !== undefined && !KINDS.some((known) => known === kind));
    if (unknown) fail([...USE_CASES.map(({ name }) => name), ...KINDS]);
    return enumerate(kindsAt, { useCase, call: numberIn(call), kind }, (failure) => say(inWords(failure)));
  },
  processes: wholeProcess(PROCESSES),
  socket: wholeProcess(SOCKET),
  postgres: async (useCase, statement, kind) => {
    const names = WRITING.map(({ name }) => name);
    if (useCase !== undefined && !names.includes(useCase)) fail(names);
    const server = await startPostgres();
    const places = await PostgresPlaces.open(server.url);
    try {
      return await enumerateStatements(places, { useCase, statement: numberIn(statement), kind }, say);
    } finally {
      await places.close();
      await server.stop();
    }
  },
};

const [first, ...rest] = parts;
const one = first === undefined ? undefined : HARNESSES[first];
const chosen = one
  ? { [String(first)]: () => one(...rest) }
  : first === undefined
    ? HARNESSES
    : { calls: () => HARNESSES.calls?.(...parts) };
const of: Record<string, Figures> = {};
for (const [name, run] of Object.entries(chosen)) {
  const figures = await run();
  if (!figures) continue;
  of[name] = figures;
  say(`${name}: ${JSON.stringify(figures)}`);
}
const total = { ...NONE };
for (const figures of Object.values(of)) {
  total.points += figures.points;
  total.faults += figures.faults;
  total.survived += figures.survived;
  total.promisesBroken += figures.promisesBroken;
  total.unreached += figures.unreached;
}
say(JSON.stringify({ ...total, of }));
process.exit(total.promisesBroken > 0 ? 1 : 0);

function wholeProcess(harness: Harness) {
  return async (useCase?: string, trial?: string): Promise<Figures> => {
    const names = harness.useCases.map(({ name }) => name);
    if (useCase !== undefined && !names.includes(useCase)) fail(names);
    return enumerateProcesses(harness, { useCase, trial: numberIn(trial) }, say);
  };
}

function numberIn(part: string | undefined): number | undefined {
  return part === undefined ? undefined : Number(part);
}

function fail(known: readonly string[]): never {
  process.stderr.write(`There are ${known.join(', ')}.\n`);
  process.exit(2);
}
