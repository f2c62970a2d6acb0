import { z } from 'zod';
import { adviceSchema } from '../../advice/advice.ts';
import { type Decision, type Round, STATUSES } from '../../decision/decision.ts';
import { type GroupView, groupViewSchema } from '../../decision/discussion.ts';
import { memoizeRecent } from './memoize-recent.ts';
import { columnReader, jsonReader, parseAnswers, rowReader } from './reading.ts';
import type { Row } from './work.ts';

/** Advice kept parsed. Each is about ten thousand characters of JSON. */
const MOST_ADVICE = 100;
const readAdvice = memoizeRecent(MOST_ADVICE, (text) => adviceSchema.parse(JSON.parse(text)));

const roundRow = z
  .object({
    number: z.number(),
    answers: z.string(),
    advice: z.string(),
    asked_by: z.string(),
    asked_at: z.number(),
  })
  .transform(
    (row): Round => ({
      number: row.number,
      answers: parseAnswers(row.answers),
      advice: readAdvice(row.advice),
      by: row.asked_by,
      at: row.asked_at,
    }),
  );

export const readRound = rowReader(roundRow);

const decisionRow = z
  .object({
    id: z.string(),
    tenant: z.string(),
    workspace: z.string(),
    channel: z.string(),
    thread: z.string().nullable(),
    project: z.string(),
    asker: z.string(),
    status: z.enum(STATUSES),
    created_at: z.number(),
    hide_until_decided: z.number(),
    supersedes: z.string().nullable(),
    step: z.string().nullable(),
    vote_until: z.number().nullable(),
    anyone_decides: z.number(),
    deciders: z.string(),
  })
  .transform(
    (row): Omit<Decision, 'round'> => ({
      id: row.id,
      tenant: row.tenant,
      workspace: row.workspace,
      channel: row.channel,
      thread: row.thread,
      project: row.project,
      asker: row.asker,
      deciders: decidersIn(row.deciders),
      anyoneDecides: row.anyone_decides === 1,
      status: row.status,
      createdAt: row.created_at,
      hideUntilDecided: row.hide_until_decided === 1,
      supersedes: row.supersedes,
      step: row.step,
      voteUntil: row.vote_until,
    }),
  );

/** Splits the deciders' ids as `string_agg` joins them. */
export function decidersIn(list: string): string[] {
  return list === '' ? [] : list.split(',');
}

/** SQL for decisions (`d`), each with its latest round and its deciders. */
export const DECISION = `
  SELECT d.*, r.number, r.answers, r.advice, r.asked_by, r.asked_at,
    coalesce((SELECT string_agg("user", ',' ORDER BY "user") FROM deciders
      WHERE tenant = d.tenant AND decision = d.id), '') AS deciders
  FROM decisions d
  JOIN rounds r ON r.tenant = d.tenant AND r.decision = d.id AND r.number =
    (SELECT max(number) FROM rounds WHERE tenant = d.tenant AND decision = d.id)`;

/** Reads a row of `DECISION`. Throws if a column doesn't fit its schema. */
export function readDecision(row: Row): Decision {
  return { ...decisionRow.parse(row), round: readRound(row) };
}

const groupViewIn = jsonReader(groupViewSchema);
const groupViewColumn = columnReader('group_view', z.string());

/** Reads the group view of a row that has one. It is stored whenever someone's answers change. */
export function readGroupView(row: Row): GroupView {
  return groupViewIn(groupViewColumn(row));
}
