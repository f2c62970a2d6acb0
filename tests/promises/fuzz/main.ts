/**
 * `npm run promises -- fuzz`: payloads and texts, spoiled, whatever people can enter at every place where it comes out,
 * and the table of who may do what. `--seed N --cases N` after it for others, `--replay SEED/CASE` (or
 * `text/SEED/CASE`) for one of them once more.
 */
import { parseArgs } from 'node:util';
import { playTable } from '../access/figures.ts';
import { inject } from './injection/table.ts';
import { request } from './requests.ts';
import { fuzz, inWords } from './run.ts';
import { spoil } from './spoil.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '20261123' },
    cases: { type: 'string', default: '100000' },
    texts: { type: 'string', default: '20000' },
    requests: { type: 'string', default: '3000' },
    replay: { type: 'string' },
  },
});
const unhandled: unknown[] = [];
process.on('unhandledRejection', (error) => void unhandled.push(error));
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const isText = values.replay?.startsWith('text/') ?? false;
const [seed, first] = (values.replay ?? `${values.seed}/0`).replace('text/', '').split('/').map(Number);
if (
  seed === undefined ||
  first === undefined ||
  ![seed, first, Number(values.cases)].every(Number.isInteger)
) {
  process.stderr.write('Numbers are wanted: --seed 1 --cases 1000, or --replay 1/77.\n');
  process.exit(2);
}
const only = values.replay === undefined ? null : 1;
const payloads = isText
  ? { payloads: 0, invalid: 0, broken: 0 }
  : await fuzz({ seed, first, cases: only ?? Number(values.cases) }, (finding) => say(inWords(finding)));
const texts =
  only !== null && !isText
    ? { texts: 0, broken: 0 }
    : await spoil({ seed, first, cases: only ?? Number(values.texts) }, ({ parser, at, text, problems }) =>
        say(
          [
            `BROKEN: ${parser}`,
            `  ${JSON.stringify(text)}`,
            ...problems.map((one) => `  → ${one}`),
            `  again: npm run promises -- fuzz --replay ${at}`,
          ].join('\n'),
        ),
      );
const injections =
  only !== null
    ? { cells: 0, broken: 0 }
    : inject(({ field, place, text, problems }) =>
        say(`BROKEN: ${field} at “${place}”: ${JSON.stringify(text)}\n  → ${problems.join('\n  → ')}`),
      );
const requests =
  only !== null
    ? { requests: 0, taken: 0, broken: 0 }
    : await request({ seed, cases: Number(values.requests) }, (words) => say(`BROKEN: ${words}`));
for (const error of unhandled)
  say(`BROKEN: nobody handled ${error instanceof Error ? error.stack : String(error)}`);
const access =
  only !== null
    ? { cells: 0, mismatches: 0 }
    : await playTable(({ row, kind, expected, played }) =>
        say(`BROKEN: ${row.what} (${row.route}), ${kind.id}: ${expected}\n  → ${played}`),
      );
const figures = {
  payloads: payloads.payloads,
  texts: texts.texts,
  requests: requests.requests,
  injections: injections.cells,
  accessCells: access.cells,
  accessMismatches: access.mismatches,
  repliesInvalid: payloads.invalid,
  promisesBroken:
    payloads.broken +
    texts.broken +
    injections.broken +
    requests.broken +
    access.mismatches +
    unhandled.length,
};
say(JSON.stringify(figures));
process.exit(figures.repliesInvalid + figures.promisesBroken > 0 ? 1 : 0);
