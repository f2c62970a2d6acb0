import { z } from 'zod';
import { advise } from '../../advice/advise.ts';
import { type Answers, parseAnswers } from '../../advice/answers.ts';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { draftRound, LONGEST_PROJECT_NAME } from '../../decision/decision.ts';
import type { PostKey } from '../../decision/post.ts';
import type { Deps } from '../../delivery/deps.ts';
import type { EventOrigin } from '../../delivery/inbox.ts';
import type { Outbox } from '../../delivery/outbox.ts';
import { deliveryFailureOf } from '../../slack/failures.ts';
import { postCard, requestNotice } from '../card/deliver.ts';
import { toVisibleLine } from '../record/markdown.ts';

/** The inputs of the workflow step "Recommend Django or Flask". */
export interface StepInputs {
  readonly project: string;
  /** Slack channel id. */
  readonly channel: string;
  /** Slack user id of the person who may edit, decide and delete. Null if the workflow names no person. */
  readonly asker: string | null;
  readonly answers: Answers;
}

export type ParsedStepInputs =
  | { readonly ok: true; readonly inputs: StepInputs }
  /** Sentences for the person who built the workflow. */
  | { readonly ok: false; readonly problem: string };

const fields = z.object({
  project: z.string(),
  channel: z.string().regex(/^[CGD][A-Z0-9]+$/),
  asker: z
    .string()
    .regex(/^[UW][A-Z0-9]+$/)
    .nullish(),
});

const named = z.record(z.string(), z.unknown());

/** Parses the step's inputs. An empty answer counts as "not sure". */
export function parseStepInputs(rubric: Rubric, input: unknown): ParsedStepInputs {
  const problems: string[] = [];
  const given = named.safeParse(input).data ?? {};
  const { project: name } = given;
  const project = toVisibleLine(typeof name === 'string' ? name : '').slice(0, 1_000);
  if (project === '') problems.push('“Project” is empty: give the project a name');
  else if ([...project].length > LONGEST_PROJECT_NAME) {
    problems.push(`“Project” is longer than ${LONGEST_PROJECT_NAME} characters: shorten it`);
  }
  if (!fields.shape.channel.safeParse(given.channel).success) {
    problems.push('“Channel” isn’t a channel: pick the one for the card');
  }
  if (!fields.shape.asker.safeParse(given.asker || null).success) {
    problems.push('“Asked by” isn’t a person: pick one, or leave it empty');
  }
  const traits = Object.entries(given).filter(
    ([name, value]) =>
      !Object.hasOwn(fields.shape, name) && value !== null && value !== undefined && value !== '',
  );
  const parsed = parseAnswers(rubric, Object.fromEntries(traits));
  if (!parsed.ok) problems.push(...parsed.problems);
  if (problems.length > 0 || !parsed.ok) {
    return { ok: false, problem: `The step’s inputs are wrong. ${problems.join('. ')}.` };
  }
  const { channel, asker } = fields.parse({ ...given, asker: given.asker || null });
  return { ok: true, inputs: { project, channel, asker: asker ?? null, answers: parsed.answers } };
}

const execution = z.object({
  function: z.object({ callback_id: z.string() }),
  function_execution_id: z.string().regex(/^[\x20-\x7e]{1,300}$/),
  inputs: z.unknown().optional(),
});

/**
 * Runs the workflow step "Recommend Django or Flask": stores the decision and posts its card. `completeStep` completes
 * the step after that, however long it takes. Only invalid inputs end the step here.
 *
 * @param callbackId the callback id of the bot's step in the manifest
 */
export async function runStep(
  deps: Deps,
  outbox: Pick<Outbox, 'kick'>,
  callbackId: string,
  place: EventOrigin,
  event: unknown,
): Promise<void> {
  const { rubric, store, clock, newId, logger } = deps;
  const { tenant } = place;
  const run = execution.safeParse(event).data;
  // The event is malformed or for another app's step. A retry wouldn't help.
  if (run?.function.callback_id !== callbackId) {
    logger.warn('a step that is none of ours');
    return;
  }
  const step = run.function_execution_id;
  // This fails for an uninstalled workspace, so it comes first: no one could delete data stored for that workspace.
  const client = await deps.clientFor(tenant);
  const read = parseStepInputs(rubric, run.inputs);
  if (!read.ok) {
    try {
      await client.functions.completeError({ function_execution_id: step, error: read.problem });
    } catch (error) {
      const failure = deliveryFailureOf(error);
      // Slack refuses this if the workflow was stopped. Then no one waits for it.
      if (failure.kind !== 'refused') throw error;
      logger.warn({ code: failure.code }, 'a step could not be ended');
    }
    return;
  }
  const { project, channel, asker, answers } = read.inputs;
  // A workflow that names no person leaves the decision to every member.
  const by = asker ?? place.botUser ?? 'USLACKBOT';
  const submitted = await store.decisions.submit({
    id: newId(),
    tenant,
    workspace: place.workspace,
    submission: `step ${step}`,
    channel,
    thread: null,
    project,
    asker: by,
    deciders: asker === null ? [] : [asker],
    anyoneDecides: asker === null,
    hideUntilDecided: false,
    voteUntil: null,
    supersedes: null,
    step,
    round: draftRound({ answers, advice: advise(rubric, answers), by, at: clock.now() }),
    replyUrl: null,
  });
  // Slack delivered the event twice. The card is posted or on its way.
  if (submitted.kind === 'unchanged') return;
  // Earlier cards of this channel are still queued. This one goes behind them.
  if (!submitted.inTurn) return outbox.kick();
  const key: PostKey = { tenant, decision: submitted.id, kind: 'card' };
  const outcome = await postCard(deps, client, key);
  if (outcome.kind === 'refused') await requestNotice(deps, key);
  outbox.kick();
}
