import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { CHOICES, type Vote } from '../../decision/ballot.ts';
import { type DecisionKey, STATUSES } from '../../decision/decision.ts';
import type {
  ComputeGroup,
  Discussion,
  OwnAnswers,
  RelatedDecision,
  VoteContext,
} from '../../decision/discussion.ts';
import type { DiscussionResult, DiscussionStore, VoteResult } from '../store.ts';
import { markCardStale } from './card-updates.ts';
import { DECISION, decidersIn, readDecision, readGroupView, readRound } from './decision-rows.ts';
import { decisionParams, lockNameOf, OF_DECISION } from './fragments.ts';
import { columnReader, parseAnswers, rowReader, sqlBoolean } from './reading.ts';
import { selectRecord, wantAgain } from './records.ts';
import { type Database, defineQuery, didChange, execute, queryAll, queryFirst, type Work } from './work.ts';

const voteRow = z
  .object({
    person: z.string(),
    choice: z.enum(CHOICES),
    reason: z.string().nullable(),
    round: z.number(),
    cast_at: z.number(),
  })
  .transform(({ cast_at, ...row }): Vote => ({ ...row, at: cast_at }));

const ownAnswersRow = z
  .object({ person: z.string(), answers: z.string(), round: z.number(), answered_at: z.number() })
  .transform(
    ({ answered_at, answers, ...row }): OwnAnswers => ({
      ...row,
      answers: parseAnswers(answers),
      at: answered_at,
    }),
  );

const readVote = rowReader(voteRow);
const readOwnAnswers = rowReader(ownAnswersRow);

const BY_ID = defineQuery(`${DECISION} WHERE d.tenant = :tenant AND d.id = :decision`, readDecision);
const VOTES = defineQuery(`SELECT * FROM votes WHERE ${OF_DECISION} ORDER BY cast_at, person`, readVote);

const beforeVote = z.object({
  status: z.enum(STATUSES),
  /** Null for a deleted decision, which has no rounds. */
  round: z.number().nullable(),
  choice: z.enum(CHOICES).nullable(),
  reason: z.string().nullable(),
  voted_in: z.number().nullable(),
  lost: sqlBoolean,
  at_home: sqlBoolean,
});
const BEFORE_VOTE = defineQuery(
  `SELECT d.status, (SELECT max(number) FROM rounds WHERE ${OF_DECISION}) AS round,
     v.choice, v.reason, v.round AS voted_in, p.ts IS NULL AND p.state IN ('posted', 'unknown', 'refused') AS lost,
     EXISTS (SELECT 1 FROM homes WHERE tenant = :tenant AND person = :person) AS at_home
   FROM decisions d
   JOIN posts p ON p.tenant = d.tenant AND p.decision = d.id AND p.kind = 'card'
   LEFT JOIN votes v ON v.tenant = d.tenant AND v.decision = d.id AND v.person = :person
   WHERE d.tenant = :tenant AND d.id = :decision`,
  rowReader(beforeVote),
);
const glanceRow = z
  .object({
    status: z.enum(STATUSES),
    hide: z.number(),
    asker: z.string(),
    anyone: z.number(),
    deciders: z.string(),
    votes: z.number(),
    choice: z.enum(CHOICES).nullable(),
    reason: z.string().nullable(),
  })
  .transform(
    ({ status, hide, asker, anyone, deciders, votes, choice, reason }): VoteContext => ({
      status,
      asker,
      anyoneDecides: anyone === 1,
      hideUntilDecided: hide === 1,
      deciders: decidersIn(deciders),
      votes,
      own: choice === null ? null : { choice, reason },
    }),
  );
const GLANCE = defineQuery(
  `SELECT d.status, d.hide_until_decided AS hide, d.asker, d.anyone_decides AS anyone,
     coalesce((SELECT string_agg("user", ',' ORDER BY "user") FROM deciders WHERE ${OF_DECISION}), '') AS deciders,
     (SELECT count(*) FROM votes WHERE ${OF_DECISION}) AS votes, v.choice, v.reason
   FROM decisions d
   LEFT JOIN votes v ON v.tenant = d.tenant AND v.decision = d.id AND v.person = :person
   WHERE d.tenant = :tenant AND d.id = :decision`,
  rowReader(glanceRow),
);
const VOTE_OF = defineQuery(`SELECT * FROM votes WHERE ${OF_DECISION} AND person = :person`, readVote);
const OWN_ANSWERS = defineQuery(
  `SELECT * FROM own_answers WHERE ${OF_DECISION} ORDER BY answered_at, person`,
  readOwnAnswers,
);
const OWN_ANSWERS_OF = defineQuery(
  `SELECT * FROM own_answers WHERE ${OF_DECISION} AND person = :person`,
  readOwnAnswers,
);
const GROUP_VIEW = defineQuery(
  'SELECT group_view FROM decisions WHERE tenant = :tenant AND id = :decision AND group_view IS NOT NULL',
  readGroupView,
);
const STANDING = defineQuery(
  `SELECT status, (SELECT max(number) FROM rounds WHERE ${OF_DECISION}) AS round
   FROM decisions WHERE tenant = :tenant AND id = :decision`,
  // A deleted decision has no rounds.
  rowReader(z.object({ status: z.enum(STATUSES), round: z.number().nullable() })),
);
const CARD_LINK = defineQuery(
  `SELECT permalink FROM posts WHERE ${OF_DECISION} AND kind = 'card'`,
  columnReader('permalink', z.string().nullable()),
);
const SUCCESSOR_OF = defineQuery(
  `SELECT id FROM decisions WHERE tenant = :tenant AND supersedes = :decision AND status IN ('decided', 'superseded')
   ORDER BY created_at DESC LIMIT 1`,
  columnReader('id', z.string()),
);
const ROUNDS = defineQuery(`SELECT * FROM rounds WHERE ${OF_DECISION} ORDER BY number`, readRound);

const TOLD_ROUND = defineQuery(
  'SELECT told_round FROM decisions WHERE tenant = :tenant AND id = :decision',
  columnReader('told_round', z.number()),
);
const SET_TOLD_ROUND = 'UPDATE decisions SET told_round = :number WHERE tenant = :tenant AND id = :decision';
const CAST = `
  INSERT INTO votes (tenant, decision, person, choice, reason, round, cast_at)
  VALUES (:tenant, :decision, :person, :choice, :reason, :round, :now)
  ON CONFLICT (tenant, decision, person) DO UPDATE SET choice = excluded.choice, reason = excluded.reason,
    round = excluded.round, cast_at = excluded.cast_at`;
const SET_REASON = `UPDATE votes SET reason = :reason WHERE ${OF_DECISION} AND person = :person`;
const REMOVE_VOTE = `DELETE FROM votes WHERE ${OF_DECISION} AND person = :person RETURNING person`;
const SET_OWN_ANSWERS = `
  INSERT INTO own_answers (tenant, decision, person, answers, round, answered_at)
  VALUES (:tenant, :decision, :person, :answers, :round, :now)
  ON CONFLICT (tenant, decision, person) DO UPDATE SET answers = excluded.answers, round = excluded.round,
    answered_at = excluded.answered_at`;
const REMOVE_OWN_ANSWERS = `DELETE FROM own_answers WHERE ${OF_DECISION} AND person = :person`;
const SET_GROUP_VIEW = 'UPDATE decisions SET group_view = :view WHERE tenant = :tenant AND id = :decision';
const INSERT_ROUND = `
  INSERT INTO rounds (tenant, decision, number, answers, advice, rubric_version, asked_by, asked_at)
  VALUES (:tenant, :decision, :number, :answers, :advice, :rubric_version, :by, :at)`;

function* related(tenant: string, id: string | null): Work<RelatedDecision | null> {
  if (id === null) return null;
  const key = { tenant, decision: id };
  const decision = yield* queryFirst(BY_ID, key);
  const record = yield* selectRecord(key);
  // A reopened decision keeps its record, but nothing is decided at the moment.
  if (!decision || !record || decision.status === 'open') return null;
  const group = yield* queryFirst(GROUP_VIEW, key);
  return { decision, record, group, permalink: yield* queryFirst(CARD_LINK, key) };
}

function* read(key: DecisionKey): Work<Discussion | null> {
  const of = decisionParams(key);
  const decision = yield* queryFirst(BY_ID, of);
  if (!decision) return null;
  const successor = decision.status === 'superseded' ? yield* queryFirst(SUCCESSOR_OF, of) : null;
  return {
    decision,
    votes: yield* queryAll(VOTES, of),
    ownAnswers: yield* queryAll(OWN_ANSWERS, of),
    group: yield* queryFirst(GROUP_VIEW, of),
    record: yield* selectRecord(key),
    predecessor: yield* related(key.tenant, decision.supersedes),
    successor: yield* related(key.tenant, successor),
  };
}

const GONE: VoteResult = { kind: 'gone', cardIsLost: false, atHome: false };

/** Computes and stores the group view, in the caller's transaction. */
export function* renewGroupView(key: DecisionKey, groupOf: ComputeGroup): Work<void> {
  const after = yield* read(key);
  const group = after && groupOf(after);
  yield* execute(SET_GROUP_VIEW, { ...decisionParams(key), view: group && JSON.stringify(group) });
}

export function createDiscussionStore(db: Database, groupOf: ComputeGroup): DiscussionStore {
  /** Runs `work` if the decision is open, and marks the card as stale if `work` changed something. */
  const whileOpen = (
    key: DecisionKey,
    now: number,
    work: (round: number) => Work<DiscussionResult>,
  ): Promise<DiscussionResult> =>
    db.transaction(lockNameOf(key), function* (): Work<DiscussionResult> {
      const found = yield* queryFirst(STANDING, decisionParams(key));
      if (!found || found.round === null || found.status === 'deleted') return { kind: 'gone' };
      if (found.status !== 'open') return { kind: 'closed' };
      const said = yield* work(found.round);
      if (said.kind === 'recorded' || said.kind === 'confirmed') yield* markCardStale(key, now);
      return said;
    });

  return {
    get: (key) => db.snapshot(() => read(key)),
    glance: (key, person) => db.read(() => queryFirst(GLANCE, { ...decisionParams(key), person })),
    vote: (key, person, choice, now) =>
      // The most frequent transaction, so a single statement reads everything it needs.
      db.transaction(lockNameOf(key), function* (): Work<VoteResult> {
        const of = { ...decisionParams(key), person };
        const before = yield* queryFirst(BEFORE_VOTE, of);
        if (!before || before.round === null || before.status === 'deleted') return GONE;
        const { round } = before;
        const beside = { cardIsLost: before.lost, atHome: before.at_home };
        if (before.status !== 'open') return { kind: 'closed', ...beside };
        const again = before.choice === choice;
        if (again && before.voted_in === round) return { kind: 'same', ...beside };
        // A reason belongs to its choice, so a different choice drops it.
        yield* execute(CAST, { ...of, choice, reason: again ? before.reason : null, round, now });
        yield* markCardStale(key, now);
        return { kind: again ? 'confirmed' : 'recorded', ...beside };
      }),
    giveReason: (key, person, choice, reason, now) =>
      whileOpen(key, now, function* () {
        const of = { ...decisionParams(key), person };
        const before = yield* queryFirst(VOTE_OF, of);
        if (!before) return { kind: 'none' };
        if (choice !== null && before.choice !== choice) return { kind: 'changed' };
        if ((before.reason ?? '') === reason) return { kind: 'same' };
        yield* execute(SET_REASON, { ...of, reason: reason === '' ? null : reason });
        return { kind: 'recorded' };
      }),
    withdraw: (key, person, now) =>
      whileOpen(key, now, function* () {
        const removed = yield* didChange(REMOVE_VOTE, { ...decisionParams(key), person });
        return { kind: removed ? 'recorded' : 'none' };
      }),
    answer: (key, person, answers, now) =>
      whileOpen(key, now, function* (round) {
        const of = { ...decisionParams(key), person };
        const before = yield* queryFirst(OWN_ANSWERS_OF, of);
        const empty = Object.keys(answers).length === 0;
        if (empty && !before) return { kind: 'none' };
        const again = isDeepStrictEqual(before?.answers, answers);
        if (again && before?.round === round) return { kind: 'same' };
        if (empty) yield* execute(REMOVE_OWN_ANSWERS, of);
        else yield* execute(SET_OWN_ANSWERS, { ...of, answers: JSON.stringify(answers), round, now });
        yield* renewGroupView(key, groupOf);
        return { kind: again ? 'confirmed' : 'recorded' };
      }),
    edit: (key, { answers, advice, by, at }) =>
      whileOpen(key, at, function* (round) {
        const before = yield* queryFirst(BY_ID, decisionParams(key));
        // A newer rubric may give other advice for the same answers.
        const sameRules = before?.round.advice.rubricVersion === advice.rubricVersion;
        if (sameRules && isDeepStrictEqual(before.round.answers, answers)) return { kind: 'same' };
        yield* execute(INSERT_ROUND, {
          ...decisionParams(key),
          number: round + 1,
          answers: JSON.stringify(answers),
          advice: JSON.stringify(advice),
          rubric_version: advice.rubricVersion,
          by,
          at,
        });
        yield* renewGroupView(key, groupOf);
        yield* wantAgain(key, 'edited', at, at);
        return { kind: 'recorded' };
      }),
    listRounds: (key) =>
      db.snapshot(function* () {
        return {
          rounds: yield* queryAll(ROUNDS, decisionParams(key)),
          told: (yield* queryFirst(TOLD_ROUND, decisionParams(key))) ?? 1,
        };
      }),
    markRoundPosted: (key, number) =>
      db.write(() => execute(SET_TOLD_ROUND, { ...decisionParams(key), number })),
  };
}
