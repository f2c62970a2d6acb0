import type { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { CHOICES, type Vote } from '../core/ballot.ts';
import { type DecisionKey, STATUSES } from '../core/decision.ts';
import type { Discussion, OwnAnswers, Related } from '../core/discussion.ts';
import { cardChanged } from './sqlite-card-updates.ts';
import { DECISION, readDecision, readGroupView, readRound } from './sqlite-decision.ts';
import { recordOf, wantAnew } from './sqlite-records.ts';
import { atomically, statements } from './sqlite-statements.ts';
import type { DiscussionStore, Said } from './store.ts';

const KEY = 'tenant = :tenant AND decision = :decision';

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
      answers: z.record(z.string(), z.string()).parse(JSON.parse(answers)),
      at: answered_at,
    }),
  );

export function discussionStore(db: DatabaseSync): DiscussionStore {
  const query = statements(db);
  const changed = cardChanged(db);
  const record = recordOf(db);

  const byId = query(`${DECISION} WHERE d.tenant = :tenant AND d.id = :decision`, readDecision);
  const votes = query(`SELECT * FROM votes WHERE ${KEY} ORDER BY cast_at, person`, (row) =>
    voteRow.parse(row),
  );
  const voteOf = query(`SELECT * FROM votes WHERE ${KEY} AND person = :person`, (row) => voteRow.parse(row));
  const ownAnswers = query(`SELECT * FROM own_answers WHERE ${KEY} ORDER BY answered_at, person`, (row) =>
    ownAnswersRow.parse(row),
  );
  const ownAnswersOf = query(`SELECT * FROM own_answers WHERE ${KEY} AND person = :person`, (row) =>
    ownAnswersRow.parse(row),
  );
  const groupView = query(
    'SELECT group_view FROM decisions WHERE tenant = :tenant AND id = :decision AND group_view IS NOT NULL',
    readGroupView,
  );
  const standing = query(
    `SELECT status, (SELECT max(number) FROM rounds WHERE ${KEY}) AS round
     FROM decisions WHERE tenant = :tenant AND id = :decision`,
    (row) => z.object({ status: z.enum(STATUSES), round: z.number() }).parse(row),
  );
  const cast = db.prepare(
    `INSERT INTO votes (tenant, decision, person, choice, reason, round, cast_at)
     VALUES (:tenant, :decision, :person, :choice, :reason, :round, :now)
     ON CONFLICT (tenant, decision, person) DO UPDATE SET choice = :choice, reason = :reason, round = :round,
       cast_at = :now`,
  );
  const setReason = db.prepare(`UPDATE votes SET reason = :reason WHERE ${KEY} AND person = :person`);
  const remove = db.prepare(`DELETE FROM votes WHERE ${KEY} AND person = :person`);
  const setOwnAnswers = db.prepare(
    `INSERT INTO own_answers (tenant, decision, person, answers, round, answered_at)
     VALUES (:tenant, :decision, :person, :answers, :round, :now)
     ON CONFLICT (tenant, decision, person) DO UPDATE SET answers = :answers, round = :round, answered_at = :now`,
  );
  const removeOwnAnswers = db.prepare(`DELETE FROM own_answers WHERE ${KEY} AND person = :person`);
  const setGroupView = db.prepare(
    'UPDATE decisions SET group_view = :view WHERE tenant = :tenant AND id = :decision',
  );

  const cardLink = query(`SELECT permalink FROM posts WHERE ${KEY} AND kind = 'card'`, (row) =>
    z.string().nullable().parse(row.permalink),
  );
  const successorOf = query(
    `SELECT id FROM decisions WHERE tenant = :tenant AND supersedes = :decision AND status IN ('decided', 'superseded')
     ORDER BY created_at DESC LIMIT 1`,
    (row) => z.string().parse(row.id),
  );
  const related = (tenant: string, id: string | null): Related | null => {
    if (id === null) return null;
    const decision = byId.first({ tenant, decision: id });
    const itsRecord = record({ tenant, decision: id });
    // One that was reopened is not a decision at the moment.
    if (!decision || !itsRecord || decision.status === 'open') return null;
    return { decision, record: itsRecord, permalink: cardLink.first({ tenant, decision: id }) };
  };
  const read = ({ tenant, decision: id }: DecisionKey): Discussion | null => {
    const params = { tenant, decision: id };
    const decision = byId.first(params);
    if (!decision) return null;
    return {
      decision,
      votes: votes.all(params),
      ownAnswers: ownAnswers.all(params),
      group: groupView.first(params),
      record: record({ tenant, decision: id }),
      predecessor: related(tenant, decision.supersedes),
      successor: related(tenant, decision.status === 'superseded' ? successorOf.first(params) : null),
    };
  };

  const want = wantAnew(db);
  const rounds = query(`SELECT * FROM rounds WHERE ${KEY} ORDER BY number`, (row) => readRound(row));
  const insertRound = db.prepare(
    `INSERT INTO rounds (tenant, decision, number, answers, advice, rubric_version, asked_by, asked_at)
     VALUES (:tenant, :decision, :number, :answers, :advice, :rubric_version, :by, :at)`,
  );

  /** Only while the decision is open; what `work` records makes the card stale. */
  const whileOpen = (key: DecisionKey, now: number, work: (round: number) => Said): Said =>
    atomically(db, () => {
      const { tenant, decision } = key;
      const found = standing.first({ tenant, decision });
      if (!found || found.status === 'deleted') return { kind: 'gone' };
      if (found.status !== 'open') return { kind: 'closed' };
      const said = work(found.round);
      if (said.kind === 'recorded' || said.kind === 'confirmed') changed(key, now);
      return said;
    });

  return {
    get: async (key) => read(key),
    vote: async (key, person, choice, now) =>
      whileOpen(key, now, (round) => {
        const { tenant, decision } = key;
        const before = voteOf.first({ tenant, decision, person });
        const again = before?.choice === choice;
        if (again && before.round === round) return { kind: 'same' };
        // A reason was given for a choice; it does not carry over to another one.
        cast.run({ tenant, decision, person, choice, reason: again ? before.reason : null, round, now });
        return { kind: again ? 'confirmed' : 'recorded' };
      }),
    giveReason: async (key, person, reason, now) =>
      whileOpen(key, now, () => {
        const { tenant, decision } = key;
        const before = voteOf.first({ tenant, decision, person });
        if (!before) return { kind: 'none' };
        if ((before.reason ?? '') === reason) return { kind: 'same' };
        setReason.run({ tenant, decision, person, reason: reason === '' ? null : reason });
        return { kind: 'recorded' };
      }),
    withdraw: async (key, person, now) =>
      whileOpen(key, now, () => {
        const { tenant, decision } = key;
        const { changes } = remove.run({ tenant, decision, person });
        return { kind: changes > 0 ? 'recorded' : 'none' };
      }),
    answer: async (key, person, answers, groupOf, now) =>
      whileOpen(key, now, (round) => {
        const { tenant, decision } = key;
        const before = ownAnswersOf.first({ tenant, decision, person });
        const empty = Object.keys(answers).length === 0;
        if (empty && !before) return { kind: 'none' };
        const again = isDeepStrictEqual(before?.answers, answers);
        if (again && before?.round === round) return { kind: 'same' };
        if (empty) removeOwnAnswers.run({ tenant, decision, person });
        else {
          const json = JSON.stringify(answers);
          setOwnAnswers.run({ tenant, decision, person, answers: json, round, now });
        }
        const after = read(key);
        const group = after && groupOf(after);
        setGroupView.run({ tenant, decision, view: group && JSON.stringify(group) });
        return { kind: again ? 'confirmed' : 'recorded' };
      }),
    edit: async (key, { answers, advice, by, at }, groupOf) =>
      whileOpen(key, at, (round) => {
        const { tenant, decision } = key;
        const before = read(key);
        if (isDeepStrictEqual(before?.decision.round.answers, answers)) return { kind: 'same' };
        insertRound.run({
          tenant,
          decision,
          number: round + 1,
          answers: JSON.stringify(answers),
          advice: JSON.stringify(advice),
          rubric_version: advice.rubricVersion,
          by,
          at,
        });
        const after = read(key);
        const group = after && groupOf(after);
        setGroupView.run({ tenant, decision, view: group && JSON.stringify(group) });
        want.run({ tenant, decision, kind: 'edited', due_at: at, now: at });
        return { kind: 'recorded' };
      }),
    rounds: async ({ tenant, decision }) => rounds.all({ tenant, decision }),
  };
}
