import type { EnvelopeFault } from '../../../../packages/local-slack/server/sockets.ts';
import type { DeliveryResult } from '../../../../packages/local-slack/state/record.ts';
import { COMMAND } from '../../../../src/blocks/ids.ts';
import { differences, WENT_WRONG } from '../run.ts';
import type { Moment } from './plan.ts';
import { Scene } from './scene.ts';
import type { Stage } from './stage.ts';
import type { UseCase } from './use-cases.ts';

export const NEVER_CAME = 'harness: the moment never came';

/** A use case in which nobody dies: when somebody could, and how it ends. */
export interface Recorded {
  readonly moments: readonly Moment[];
  readonly after: string;
  readonly standing: readonly string[];
}

/** Real. Longer than what begins by itself after something that somebody did. */
const ALL_HAS_BEGUN_MS = 400;
/** Real. Where all has been quiet for so long, the moment never comes. */
const NOTHING_MORE_MS = 1_500;
/** Longer than any claim of a process that has died. */
const FOUND_AFTER_MS = 60_000;
const TRIES = 3;
/** Real. So long people wait for what they want to see before they ask for it again. */
const PATIENCE_MS = 5_000;

export async function record(stage: Stage, useCase: UseCase): Promise<Recorded> {
  const scene = await begin(stage, useCase);
  const last = stage.slack.calls.at(-1);
  stage.arm(null);
  const ok = await attempt(scene, useCase);
  if (!(await stage.settled(ALL_HAS_BEGUN_MS))) throw new Error(`${useCase.name} does not come to rest`);
  const { calls } = stage.slack;
  const names = calls.slice(last === undefined ? 0 : calls.lastIndexOf(last) + 1).map(({ method }) => method);
  const requests = names.flatMap((name, i): Moment[] => {
    const index = names.slice(0, i + 1).filter((one) => one === name).length;
    return [
      { place: 'request', index, name, when: 'before' },
      { place: 'request', index, name, when: 'after' },
    ];
  });
  const moments = [...requests, ...stage.disarm()];
  const problems = await scene.broken();
  if (!(await isOk(ok, scene, useCase))) problems.push('it did not work');
  if (problems.length > 0)
    throw new Error(`${useCase.name} breaks though nobody dies: ${problems.join('; ')}`);
  return { moments, after: await scene.facts(), standing: scene.standing() };
}

/** Plays a use case in which the process dies at this moment. What does not hold afterwards, in words. */
export async function die(
  stage: Stage,
  useCase: UseCase,
  recorded: Recorded,
  moment: Moment,
): Promise<readonly string[]> {
  const scene = await begin(stage, useCase);
  const before = await scene.facts();
  const { heard, died } = await struck(scene, useCase, moment);
  stage.disarm();
  if (!died) return [NEVER_CAME];
  const underWay = await scene.underWay();
  stage.later(FOUND_AFTER_MS);
  if (!(await stage.start())) return ['it does not start again'];
  return verified(scene, useCase, recorded, { before, heard, underWay });
}

/** Plays a use case while something happens to the envelope that tells the bot of it. What does not hold afterwards. */
export async function disturb(
  stage: Stage,
  useCase: UseCase,
  recorded: Recorded,
  fault: EnvelopeFault,
): Promise<readonly string[]> {
  const scene = await begin(stage, useCase);
  const before = await scene.facts();
  stage.slack.sockets.plan(fault);
  const said = whispers(scene).length;
  const heard = await attempt(scene, useCase);
  await stage.settled(ALL_HAS_BEGUN_MS);
  await stage.slack.until(({ sockets }) => sockets.count > 0);
  const toldOfFailure = whispers(scene)
    .slice(said)
    .filter((text) => WENT_WRONG.test(text));
  const isDone = (await scene.facts()) === recorded.after && recorded.after !== before;
  const problems = await verified(scene, useCase, recorded, { before, heard, underWay: false });
  return isDone && toldOfFailure.length > 0
    ? [...problems, `5: they were told that it failed, but it is done: ${toldOfFailure.join(' ')}`]
    : problems;
}

interface Fate {
  readonly before: string;
  readonly heard: Heard;
  readonly underWay: boolean;
}

/** What does not hold now, nor after people have pressed again what they were told had failed. */
async function verified(
  scene: Scene,
  useCase: UseCase,
  recorded: Recorded,
  { before, heard, underWay }: Fate,
): Promise<readonly string[]> {
  const { stage } = scene;
  const problems: string[] = [];
  const rests = async (): Promise<void> => {
    if (!(await stage.settled())) problems.push('2: something is left that never gets done');
  };
  let ok = await isOk(heard, scene, useCase);
  await rests();

  const after = await scene.facts();
  const okAtFirst = ok;
  // Nobody presses anything again: what was acknowledged is there, anything else is there or not, but not in part.
  if (ok && after !== recorded.after) problems.push('1: what was acknowledged is not in the database');
  if (!ok && after !== recorded.after && after !== before) problems.push('1: something is there in part');
  problems.push(...(await scene.broken()));

  // People press again what they were told had failed.
  for (let again = 0; !ok && again < TRIES; again++) {
    ok = await isOk(await attempt(scene, useCase), scene, useCase);
    await rests();
  }
  const isThere = useCase.seen === undefined && (await scene.facts()) === recorded.after;
  if (!ok && !isThere) problems.push('5: it never worked again');
  await askedAboutCards(scene);
  await rests();
  // Nothing of it comes once more, in another process and whatever the time is there.
  if (useCase.afterMs !== undefined) {
    await stage.kill();
    stage.later(-3_600_000);
    await stage.start();
    await rests();
    await stage.kill();
    stage.later(2 * 3_600_000);
    await stage.start();
  }
  const end = await scene.facts();
  if (end !== recorded.after) problems.push('1: after pressing again the database holds something else');
  problems.push(...(await scene.broken()).map((problem) => `${problem}, after pressing again`));
  const mayRepeat = underWay || (!okAtFirst && useCase.asksAnew === true);
  problems.push(...differences(recorded.standing, scene.standing(), { mayRepeat }));
  return [...new Set(problems)];
}

async function begin(stage: Stage, useCase: UseCase): Promise<Scene> {
  if (!stage.isRunning && !(await stage.start())) throw new Error('the bot does not start');
  const scene = new Scene(stage, useCase.outside !== true);
  await useCase.prepare(scene);
  await scene.settled();
  return scene;
}

interface Heard {
  readonly delivered: DeliveryResult | null;
  readonly whispers: readonly string[];
}

async function struck(
  scene: Scene,
  useCase: UseCase,
  moment: Moment,
): Promise<{ readonly heard: Heard; readonly died: boolean }> {
  const { stage } = scene;
  const nothing: Heard = { delivered: null, whispers: [] };
  if (useCase.afterMs !== undefined) {
    await stage.kill();
    stage.later(useCase.afterMs);
    stage.arm(moment);
    await stage.start();
    return { heard: nothing, died: await dies(stage) };
  }
  stage.arm(moment);
  const dead = stage.gone.then((): Heard => ({ ...nothing, delivered: NOT_HEARD }));
  const heard = await Promise.race([attempt(scene, useCase), dead]);
  return { heard, died: await dies(stage) };
}

const NOT_HEARD: DeliveryResult = { status: 0, body: undefined, ms: 0, timedOut: false };

async function dies(stage: Stage): Promise<boolean> {
  return Promise.race([stage.gone.then(() => true), stage.settled(NOTHING_MORE_MS).then(() => false)]);
}

/** Does it, and says what whoever did it has heard. */
async function attempt(scene: Scene, useCase: UseCase): Promise<Heard> {
  const { stage } = scene;
  if (useCase.afterMs !== undefined) {
    await stage.kill();
    stage.later(useCase.afterMs);
    await stage.start();
    return { delivered: null, whispers: [] };
  }
  const heard = whispers(scene).length;
  const delivered = await useCase.play(scene);
  return { delivered, whispers: whispers(scene).slice(heard) };
}

const whispers = ({ asker, other, slack }: Scene): string[] =>
  [asker, other].flatMap(({ id }) => slack.ephemerals(id).map(({ text }) => text));

/** May whoever did it take it for done? */
async function isOk({ delivered, whispers: said }: Heard, scene: Scene, { seen }: UseCase): Promise<boolean> {
  if (seen) {
    return scene.slack
      .until(() => seen(scene), PATIENCE_MS)
      .then(
        () => true,
        () => false,
      );
  }
  if (delivered === null) return true;
  const refused = JSON.stringify(delivered.body ?? '').includes('"response_action":"errors"');
  return delivered.status === 200 && !refused && !said.some((text) => WENT_WRONG.test(text));
}

/** Those who were asked whether a card is there look, and say so; those whose card was refused let it be posted. */
async function askedAboutCards(scene: Scene): Promise<void> {
  const { stage, channel, asker } = scene;
  const left = await stage.look(({ rows }) =>
    rows(
      `SELECT p.decision FROM posts p JOIN decisions d ON d.tenant = p.tenant AND d.id = p.decision
       WHERE p.kind = 'card' AND p.ts IS NULL AND p.state IN ('unknown', 'refused') AND d.channel = '${channel}'`,
    ),
  );
  for (const { decision } of left) {
    const blockId = `decision:${String(decision)}`;
    const there = scene.cardWith(blockId);
    const button = there ? 'keep_card' : 'post_again';
    // Where a workflow asked, it was the workflow that was told; people see it in the history.
    if (!scene.wasOffered(asker, button)) await asker.command(COMMAND, 'history', { channel });
    if (scene.wasOffered(asker, button)) await asker.click(scene.whisperWith(asker, button), button);
    if (there) await asker.click(there, 'card_menu', { value: 'reasons' });
  }
}
