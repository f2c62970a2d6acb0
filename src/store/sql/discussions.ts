import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { CHOICES, type Vote } from '../../decision/ballot.ts';
import { type DecisionKey, STATUSES } from '../../decision/decision.ts';
import type { Discussion, Glance, GroupOf, OwnAnswers, Related } from '../../decision/discussion.ts';
import type { DiscussionStore, Said, Voted } from '../store.ts';
import { cardChanged } from './card-updates.ts';
import { DECISION, decidersIn, readDecision, readGroupView, readRound } from './decision-rows.ts';
import { KEY, keyOf, subjectOf } from './key.ts';
import { columnAs, flag, parseAnswers, rowAs } from './reading.ts';
import { recordOf, wantAnew } from './records.ts';
import { all, type Database, didChange, first, query, run, type Work } from './work.ts';

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

const readVote = rowAs(voteRow);
const readOwnAnswers = rowAs(ownAnswersRow);

const BY_ID = query(`${DECISION} WHERE d.tenant = :tenant AND d.id = :decision`, readDecision);
const VOTES = query(`SELECT * FROM votes WHERE ${KEY} ORDER BY cast_at, person`, readVote);
/** SQLite has no booleans. */

const beforeVote = z.object({
  status: z.enum(STATUSES),
  /** None is left of what was deleted. */
  round: z.number().nullable(),
  choice: z.enum(CHOICES).nullable(),
  reason: z.string().nullable(),
  voted_in: z.number().nullable(),
  lost: flag,
  at_home: flag,
});
const BEFORE_VOTE = query(
  `SELECT d.status, (SELECT max(number) FROM rounds WHERE ${KEY}) AS round,
     v.choice, v.reason, v.round AS voted_in, p.ts IS NULL AND p.state IN ('posted', 'unknown', 'refused') AS lost,
     EXISTS (SELECT 1 FROM homes WHERE tenant = :tenant AND person = :person) AS at_home
   FROM decisions d
   JOIN posts p ON p.tenant = d.tenant AND p.decision = d.id AND p.kind = 'card'
   LEFT JOIN votes v ON v.tenant = d.tenant AND v.decision = d.id AND v.person = :person
   WHERE d.tenant = :tenant AND d.id = :decision`,
  rowAs(beforeVote),
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
    ({ status, hide, asker, anyone, deciders, votes, choice, reason }): Glance => ({
      status,
      asker,
      anyoneDecides: anyone === 1,
      hideUntilDecided: hide === 1,
      deciders: decidersIn(deciders),
      votes,
      own: choice === null ? null : { choice, reason },
    }),
  );
const GLANCE = query(
  `SELECT d.status, d.hide_until_decided AS hide, d.asker, d.anyone_decides AS anyone,
     coalesce((SELECT string_agg("user", ',' ORDER BY "user") FROM deciders WHERE ${KEY}), '') AS deciders,
     (SELECT count(*) FROM votes WHERE ${KEY}) AS votes, v.choice, v.reason
   FROM decisions d
   LEFT JOIN votes v ON v.tenant = d.tenant AND v.decision = d.id AND v.person = :person
   WHERE d.tenant = :tenant AND d.id = :decision`,
  rowAs(glanceRow),
);
const VOTE_OF = query(`SELECT * FROM votes WHERE ${KEY} AND person = :person`, readVote);
const OWN_ANSWERS = query(
  `SELECT * FROM own_answers WHERE ${KEY} ORDER BY answered_at, person`,
  readOwnAnswers,
);
const OWN_ANSWERS_OF = query(`SELECT * FROM own_answers WHERE ${KEY} AND person = :person`, readOwnAnswers);
const GROUP_VIEW = query(
  'SELECT group_view FROM decisions WHERE tenant = :tenant AND id = :decision AND group_view IS NOT NULL',
  readGroupView,
);
const STANDING = query(
  `SELECT status, (SELECT max(number) FROM rounds WHERE ${KEY}) AS round
   FROM decisions WHERE tenant = :tenant AND id = :decision`,
  // A deleted decision has no rounds.
  rowAs(z.object({ status: z.enum(STATUSES), round: z.number().nullable() })),
);
const CARD_LINK = query(
  `SELECT permalink FROM posts WHERE ${KEY} AND kind = 'card'`,
  columnAs('permalink', z.string().nullable()),
);
const SUCCESSOR_OF = query(
  `SELECT id FROM decisions WHERE tenant = :tenant AND supersedes = :decision AND status IN ('decided', 'superseded')
   ORDER BY created_at DESC LIMIT 1`,
  columnAs('id', z.string()),
);
const ROUNDS = query(`SELECT * FROM rounds WHERE ${KEY} ORDER BY number`, readRound);

const TOLD_ROUND = query(
  'SELECT told_round FROM decisions WHERE tenant = :tenant AND id = :decision',
  columnAs('told_round', z.number()),
);
const SET_TOLD_ROUND = 'UPDATE decisions SET told_round = :number WHERE tenant = :tenant AND id = :decision';
const CAST = `
  INSERT INTO votes (tenant, decision, person, choice, reason, round, cast_at)
  VALUES (:tenant, :decision, :person, :choice, :reason, :round, :now)
  ON CONFLICT (tenant, decision, person) DO UPDATE SET choice = excluded.choice, reason = excluded.reason,
    round = excluded.round, cast_at = excluded.cast_at`;
const SET_REASON = `UPDATE votes SET reason = :reason WHERE ${KEY} AND person = :person`;
const REMOVE_VOTE = `DELETE FROM votes WHERE ${KEY} AND person = :person RETURNING person`;
const SET_OWN_ANSWERS = `
  INSERT INTO own_answers (tenant, decision, person, answers, round, answered_at)
  VALUES (:tenant, :decision, :person, :answers, :round, :now)
  ON CONFLICT (tenant, decision, person) DO UPDATE SET answers = excluded.answers, round = excluded.round,
    answered_at = excluded.answered_at`;
const REMOVE_OWN_ANSWERS = `DELETE FROM own_answers WHERE ${KEY} AND person = :person`;
const SET_GROUP_VIEW = 'UPDATE decisions SET group_view = :view WHERE tenant = :tenant AND id = :decision';
const INSERT_ROUND = `
  INSERT INTO rounds (tenant, decision, number, answers, advice, rubric_version, asked_by, asked_at)
  VALUES (:tenant, :decision, :number, :answers, :advice, :rubric_version, :by, :at)`;

function* related(tenant: string, id: string | null): Work<Related | null> {
  if (id === null) return null;
  const key = { tenant, decision: id };
  const decision = yield* first(BY_ID, key);
  const record = yield* recordOf(key);
  // One that was reopened is not a decision at the moment.
  if (!decision || !record || decision.status === 'open') return null;
  const group = yield* first(GROUP_VIEW, key);
  return { decision, record, group, permalink: yield* first(CARD_LINK, key) };
}

function* read(key: DecisionKey): Work<Discussion | null> {
  const of = keyOf(key);
  const decision = yield* first(BY_ID, of);
  if (!decision) return null;
  const successor = decision.status === 'superseded' ? yield* first(SUCCESSOR_OF, of) : null;
  return {
    decision,
    votes: yield* all(VOTES, of),
    ownAnswers: yield* all(OWN_ANSWERS, of),
    group: yield* first(GROUP_VIEW, of),
    record: yield* recordOf(key),
    predecessor: yield* related(key.tenant, decision.supersedes),
    successor: yield* related(key.tenant, successor),
  };
}

const GONE: Voted = { kind: 'gone', cardIsLost: false, atHome: false };

/** For other stores' transactions: what the group says now. */
export function* renewGroupView(key: DecisionKey, groupOf: GroupOf): Work<void> {
  const after = yield* read(key);
  const group = after && groupOf(after);
  yield* run(SET_GROUP_VIEW, { ...keyOf(key), view: group && JSON.stringify(group) });
}

export function discussionStore(db: Database, groupOf: GroupOf): DiscussionStore {
  /** Only while the decision is open; what `work` records makes the card stale. */
  const whileOpen = (key: DecisionKey, now: number, work: (round: number) => Work<Said>): Promise<Said> =>
    db.transaction(subjectOf(key), function* (): Work<Said> {
      const found = yield* first(STANDING, keyOf(key));
      if (!found || found.round === null || found.status === 'deleted') return { kind: 'gone' };
      if (found.status !== 'open') return { kind: 'closed' };
      const said = yield* work(found.round);
      if (said.kind === 'recorded' || said.kind === 'confirmed') yield* cardChanged(key, now);
      return said;
    });

  return {
    get: (key) => db.snapshot(() => read(key)),
    glance: (key, person) => db.read(() => first(GLANCE, { ...keyOf(key), person })),
    vote: (key, person, choice, now) =>
      // The way that is gone most often: one statement reads all that it takes.
      db.transaction(subjectOf(key), function* (): Work<Voted> {
        const of = { ...keyOf(key), person };
        const before = yield* first(BEFORE_VOTE, of);
        if (!before || before.round === null || before.status === 'deleted') return GONE;
        const { round } = before;
        const beside = { cardIsLost: before.lost, atHome: before.at_home };
        if (before.status !== 'open') return { kind: 'closed', ...beside };
        const again = before.choice === choice;
        if (again && before.voted_in === round) return { kind: 'same', ...beside };
        // A reason was given for a choice; it does not carry over to another one.
        yield* run(CAST, { ...of, choice, reason: again ? before.reason : null, round, now });
        yield* cardChanged(key, now);
        return { kind: again ? 'confirmed' : 'recorded', ...beside };
      }),
    giveReason: (key, person, choice, reason, now) =>
      whileOpen(key, now, function* () {
        const of = { ...keyOf(key), person };
        const before = yield* first(VOTE_OF, of);
        if (!before) return { kind: 'none' };
        if (choice !== null && before.choice !== choice) return { kind: 'changed' };
        if ((before.reason ?? '') === reason) return { kind: 'same' };
        yield* run(SET_REASON, { ...of, reason: reason === '' ? null : reason });
        return { kind: 'recorded' };
      }),
    withdraw: (key, person, now) =>
      whileOpen(key, now, function* () {
        const removed = yield* didChange(REMOVE_VOTE, { ...keyOf(key), person });
        return { kind: removed ? 'recorded' : 'none' };
      }),
    answer: (key, person, answers, now) =>
      whileOpen(key, now, function* (round) {
        const of = { ...keyOf(key), person };
        const before = yield* first(OWN_ANSWERS_OF, of);
        const empty = Object.keys(answers).length === 0;
        if (empty && !before) return { kind: 'none' };
        const again = isDeepStrictEqual(before?.answers, answers);
        if (again && before?.round === round) return { kind: 'same' };
        if (empty) yield* run(REMOVE_OWN_ANSWERS, of);
        else yield* run(SET_OWN_ANSWERS, { ...of, answers: JSON.stringify(answers), round, now });
        yield* renewGroupView(key, groupOf);
        return { kind: again ? 'confirmed' : 'recorded' };
      }),
    edit: (key, { answers, advice, by, at }) =>
      whileOpen(key, at, function* (round) {
        const before = yield* first(BY_ID, keyOf(key));
        // With newer rules the same answers may come to something else.
        const sameRules = before?.round.advice.rubricVersion === advice.rubricVersion;
        if (sameRules && isDeepStrictEqual(before.round.answers, answers)) return { kind: 'same' };
        yield* run(INSERT_ROUND, {
          ...keyOf(key),
          number: round + 1,
          answers: JSON.stringify(answers),
          advice: JSON.stringify(advice),
          rubric_version: advice.rubricVersion,
          by,
          at,
        });
        yield* renewGroupView(key, groupOf);
        yield* wantAnew(key, 'edited', at, at);
        return { kind: 'recorded' };
      }),
    rounds: (key) =>
      db.snapshot(function* () {
        return {
          rounds: yield* all(ROUNDS, keyOf(key)),
          told: (yield* first(TOLD_ROUND, keyOf(key))) ?? 1,
        };
      }),
    toldRound: (key, number) => db.write(() => run(SET_TOLD_ROUND, { ...keyOf(key), number })),
  };
}
