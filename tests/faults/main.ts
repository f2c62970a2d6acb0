/** `npm run faults`: everything. `npm run faults -- vote`, `-- vote/7` and `-- vote/7/lost`: a part of it. */
import { enumerate, inWords } from './enumerate.ts';
import { KINDS, kindsAt } from './point.ts';
import { USE_CASES } from './use-cases.ts';

const [useCase, call, kind] = (process.argv[2] ?? '').split('/').map((part) => part || undefined);
const unknown =
  (useCase !== undefined && !USE_CASES.some(({ name }) => name === useCase)) ||
  (kind !== undefined && !KINDS.some((known) => known === kind));
if (unknown) {
  process.stderr.write(
    `There are ${USE_CASES.map(({ name }) => name).join(', ')}, and ${KINDS.join(', ')}.\n`,
  );
  process.exit(2);
}
const figures = await enumerate(
  kindsAt,
  { useCase, call: call === undefined ? undefined : Number(call), kind },
  (failure) => process.stdout.write(`${inWords(failure)}\n`),
);
process.stdout.write(`${JSON.stringify(figures)}\n`);
process.exit(figures.promisesBroken > 0 ? 1 : 0);
