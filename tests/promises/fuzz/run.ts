import { judge, type Stored, storedIn, type Verdict } from './judge.ts';
import { applied, type Change, changesOf } from './mutate.ts';
import { Random } from './random.ts';
import { createScene, type Scene } from './scene.ts';
import { type Seed, seedsOf } from './seeds.ts';

/** A payload after which something does not hold. */
export interface Finding {
  readonly seed: string;
  /** To play it once more. */
  readonly at: string;
  /** The fewest with which it is found. */
  readonly changes: readonly string[];
  readonly verdict: Verdict;
}

export interface Figures {
  readonly payloads: number;
  readonly invalid: number;
  readonly broken: number;
}

/** So many cases of a seed, from the first one. */
export interface Plan {
  readonly seed: number;
  readonly first: number;
  readonly cases: number;
}

/** A process gathers what it has seen; a new one now and then keeps that small. */
const CASES_IN_A_SCENE = 2_000;

export async function fuzz(
  { seed, first, cases }: Plan,
  onFinding: (finding: Finding) => void,
): Promise<Figures> {
  const figures = { payloads: 0, invalid: 0, broken: 0 };
  for (let from = first; from < first + cases; from += CASES_IN_A_SCENE) {
    const scene = await createScene();
    try {
      const player = new Player(scene);
      for (let i = from; i < Math.min(from + CASES_IN_A_SCENE, first + cases); i++) {
        const finding = await player.play(seed, i);
        figures.payloads += 1;
        if (finding === null) continue;
        figures.invalid += finding.verdict.invalid.length > 0 ? 1 : 0;
        figures.broken += finding.verdict.broken.length > 0 ? 1 : 0;
        onFinding(finding);
      }
      if ((await player.metrics()).includes('zq'))
        throw new Error('what somebody has entered is in the metrics');
    } finally {
      scene.world.end();
    }
  }
  return figures;
}

/** Plays one case after the other, each on the same scene. */
export class Player {
  readonly #scene: Scene;
  readonly #seeds: readonly Seed[];
  readonly #before: Stored;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#seeds = seedsOf(scene);
    this.#before = storedIn(scene.world);
  }

  metrics(): Promise<string> {
    return this.#scene.world.metrics.text();
  }

  async play(seed: number, index: number): Promise<Finding | null> {
    const random = new Random(seed, index);
    // Each of them in turn, so that none is left out however few cases there are.
    const from = this.#seeds[index % this.#seeds.length];
    if (!from) throw new Error('there are no seeds');
    const changes = changesOf(random, from.body, this.#scene);
    const verdict = await this.#verdictOn(from, changes);
    if (isGood(verdict)) return null;
    const [fewest, why] = await this.#fewest(from, changes, verdict);
    return {
      seed: from.name,
      at: `${seed}/${index}`,
      changes: fewest.map(({ words }) => words.slice(0, 200)),
      verdict: why,
    };
  }

  /** What is delivered, as JSON where it is not too deep for that. */
  payload(seed: number, index: number): string {
    const from = this.#seeds[index % this.#seeds.length];
    if (!from) throw new Error('there are no seeds');
    return JSON.stringify(applied(from.body, changesOf(new Random(seed, index), from.body, this.#scene)));
  }

  /** A seed as it is. */
  async plain(name: string): Promise<Verdict> {
    const seed = this.#seeds.find((one) => one.name === name);
    if (!seed) throw new Error(`no seed ${name}`);
    return this.#verdictOn(seed, []);
  }

  async #verdictOn({ body }: Seed, changes: readonly Change[]): Promise<Verdict> {
    const { world } = this.#scene;
    world.restore();
    const payload = applied(body, changes);
    const delivered = await world.deliver(payload);
    return judge(this.#scene, payload, delivered, this.#before);
  }

  async #fewest(
    seed: Seed,
    changes: readonly Change[],
    verdict: Verdict,
  ): Promise<[readonly Change[], Verdict]> {
    for (const one of changes) {
      if (changes.length === 1) break;
      const without = changes.filter((other) => other !== one);
      const found = await this.#verdictOn(seed, without);
      if (!isGood(found)) return this.#fewest(seed, without, found);
    }
    return [changes, verdict];
  }
}

const isGood = ({ invalid, broken }: Verdict): boolean => invalid.length + broken.length === 0;

/** For whoever is to look into it. */
export function inWords({ seed, at, changes, verdict }: Finding): string {
  return [
    `${verdict.broken.length > 0 ? 'BROKEN' : 'INVALID'}: ${seed}`,
    ...changes.map((words) => `  ${words}`),
    ...verdict.invalid.map((problem) => `  → invalid: ${problem}`),
    ...verdict.broken.map((problem) => `  → broken: ${problem}`),
    `  again: npm run promises -- fuzz --replay ${at}`,
  ].join('\n');
}
