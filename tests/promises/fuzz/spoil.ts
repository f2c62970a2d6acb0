import { PARSERS, spoiled } from './parsers.ts';
import { Random } from './random.ts';

/** What does not hold after one text was read. */
export interface Misread {
  readonly parser: string;
  readonly at: string;
  readonly text: string;
  readonly problems: readonly string[];
}

/** Gives each parser in turn a text that is spoiled. */
export async function spoil(
  { seed, first, cases }: { readonly seed: number; readonly first: number; readonly cases: number },
  onMisread: (misread: Misread) => void,
): Promise<{ readonly texts: number; readonly broken: number }> {
  let broken = 0;
  for (let i = first; i < first + cases; i++) {
    const parser = PARSERS[i % PARSERS.length];
    if (!parser) throw new Error('there are no parsers');
    const random = new Random('text', seed, i);
    const text = spoiled(random, random.pick(parser.samples));
    const problems = await problemsOf(() => parser.run(text));
    if (problems.length === 0) continue;
    broken += 1;
    onMisread({ parser: parser.name, at: `text/${seed}/${i}`, text: text.slice(0, 300), problems });
  }
  return { texts: cases, broken };
}

async function problemsOf(
  run: () => readonly string[] | Promise<readonly string[]>,
): Promise<readonly string[]> {
  try {
    const problems = await run();
    const spoilt = Object.keys(Object.prototype).length > 0 || Reflect.has({}, 'polluted');
    return spoilt ? [...problems, 'prototypes have changed'] : problems;
  } catch (error) {
    return [
      `thrown: ${error instanceof Error ? (error.stack ?? '').split('\n').slice(0, 4).join(' | ') : String(error)}`,
    ];
  }
}
