// A person's stored data, and its deletion.
import { z } from 'zod';
import { CHOICES } from '../../decision/ballot.ts';
import { type DecisionKey, ERASED, STATUSES } from '../../decision/decision.ts';
import type { ComputeGroup } from '../../decision/discussion.ts';
import type { PersonData, PersonInDecision } from '../../decision/person-data.ts';
import { POST_STATES } from '../../decision/post.ts';
import type { PeopleStore } from '../store.ts';
import { markCardStale } from './card-updates.ts';
import { renewGroupView } from './discussions.ts';
import { DECISIONS_NAMING_PERSON, decisionParams, lockNameOf, OF_DECISION } from './fragments.ts';
import { columnReader, parseAnswers, rowReader, sqlBoolean } from './reading.ts';
import { removeDecision } from './records.ts';
import { type Database, defineQuery, execute, queryAll, queryFirst, type Work } from './work.ts';

/** SQL condition for the person's rows in a tenant. */
const THEIRS = 'tenant = :tenant AND person = :person';

const personRow = z
  .object({
    id: z.string(),
    project: z.string(),
    channel: z.string(),
    status: z.enum(STATUSES),
    created_at: z.number(),
    asked: sqlBoolean,
    refused: sqlBoolean,
    decides: sqlBoolean,
    decides_next: z.enum(['asker', 'admins']).nullable(),
    choice: z.enum(CHOICES).nullable(),
    reason: z.string().nullable(),
    answers: z.string().nullable(),
    outcome: z.enum(CHOICES).nullable(),
    rationale: z.string().nullable(),
    reopened: sqlBoolean,
  })
  .transform(
    ({
      id,
      created_at,
      decides_next,
      choice,
      reason,
      answers,
      outcome,
      rationale,
      ...row
    }): PersonInDecision => ({
      ...row,
      decision: id,
      createdAt: created_at,
      rounds: [],
      decidesNext: decides_next,
      vote: choice === null ? null : { choice, reason },
      answers: answers === null ? null : parseAnswers(answers),
      decided: outcome !== null || row.reopened,
      record: outcome === null ? null : { outcome, rationale: rationale ?? '' },
    }),
  );

const HAS_DECIDERS = 'EXISTS (SELECT 1 FROM deciders WHERE tenant = d.tenant AND decision = d.id';
const DATA = defineQuery(
  `SELECT d.id, d.project, d.channel, d.status, d.created_at,
     d.asker = :person AS asked,
     EXISTS (SELECT 1 FROM posts
       WHERE tenant = d.tenant AND decision = d.id AND kind = 'card' AND state = 'refused') AS refused,
     ${HAS_DECIDERS} AND "user" = :person) AS decides,
     CASE
       WHEN d.status = 'deleted' OR d.anyone_decides = 1 OR ${HAS_DECIDERS} AND "user" <> :person) THEN NULL
       WHEN d.asker = :person OR d.asker = '${ERASED}' AND ${HAS_DECIDERS}) THEN 'admins'
       WHEN ${HAS_DECIDERS}) THEN 'asker' END AS decides_next,
     v.choice, v.reason, o.answers,
     CASE WHEN r.decided_by = :person THEN r.outcome END AS outcome,
     CASE WHEN r.decided_by = :person THEN r.rationale END AS rationale,
     coalesce(r.reopened_by = :person, FALSE) AS reopened
   FROM (SELECT DISTINCT id FROM (${DECISIONS_NAMING_PERSON}) named) mine CROSS JOIN decisions d
   LEFT JOIN votes v ON v.tenant = d.tenant AND v.decision = d.id AND v.person = :person
   LEFT JOIN own_answers o ON o.tenant = d.tenant AND o.decision = d.id AND o.person = :person
   LEFT JOIN records r ON r.tenant = d.tenant AND r.decision = d.id
   WHERE d.tenant = :tenant AND d.id = mine.id
   ORDER BY d.created_at DESC, d.id DESC`,
  rowReader(personRow),
);
const ROUNDS = defineQuery(
  'SELECT decision, number, answers FROM rounds WHERE tenant = :tenant AND asked_by = :person ORDER BY number',
  rowReader(z.object({ decision: z.string(), number: z.number(), answers: z.string() })),
);
const HOME = defineQuery(`SELECT person FROM homes WHERE ${THEIRS}`, (row) => row.person);
const INSTALLATION = defineQuery(
  'SELECT tenant FROM installations WHERE tenant = :tenant AND installed_by = :person',
  (row) => row.tenant,
);
/** SQL condition: the body contains the person's id or mentions them in a message. */
const NAMED = `(strpos(body, '"' || :person || '"') > 0 OR strpos(body, '<@' || :person || '>') > 0)`;
const WAITING = defineQuery(
  `SELECT count(*) AS n FROM inbox WHERE tenant = :tenant AND ${NAMED}`,
  columnReader('n', z.number()),
);
const NEXT_OF = defineQuery(
  `SELECT DISTINCT d.id FROM (${DECISIONS_NAMING_PERSON}) mine CROSS JOIN decisions d
   WHERE d.tenant = :tenant AND d.id = mine.id ORDER BY d.id LIMIT :limit`,
  columnReader('id', z.string()),
);
const CARD_OF = defineQuery(
  `SELECT d.asker, d.status, p.state FROM decisions d
   JOIN posts p ON p.tenant = d.tenant AND p.decision = d.id AND p.kind = 'card'
   WHERE d.tenant = :tenant AND d.id = :decision`,
  rowReader(z.object({ asker: z.string(), status: z.enum(STATUSES), state: z.enum(POST_STATES) })),
);

/** Deletes everything the person said in a decision. A column that must name a person gets `ERASED`. */
const FORGET = [
  `DELETE FROM votes WHERE ${OF_DECISION} AND person = :person`,
  `DELETE FROM own_answers WHERE ${OF_DECISION} AND person = :person`,
  `DELETE FROM deciders WHERE ${OF_DECISION} AND "user" = :person`,
  // reply_url is Slack's address for private replies to the asker.
  `UPDATE posts SET reply_url = NULL WHERE ${OF_DECISION} AND EXISTS (
     SELECT 1 FROM decisions WHERE tenant = :tenant AND id = :decision AND asker = :person)`,
  `UPDATE decisions SET asker = '${ERASED}' WHERE tenant = :tenant AND id = :decision AND asker = :person`,
  `UPDATE rounds SET asked_by = '${ERASED}' WHERE ${OF_DECISION} AND asked_by = :person`,
  `UPDATE records SET decided_by = '${ERASED}' WHERE ${OF_DECISION} AND decided_by = :person`,
  `UPDATE records SET reopened_by = '${ERASED}' WHERE ${OF_DECISION} AND reopened_by = :person`,
];
const FORGET_ELSEWHERE = [
  `DELETE FROM homes WHERE ${THEIRS}`,
  `UPDATE installations SET installed_by = '${ERASED}' WHERE tenant = :tenant AND installed_by = :person`,
  // Deletes replies about checks that the person made. Slack's events stay until they are handled.
  `DELETE FROM inbox WHERE tenant = :tenant AND ${NAMED} AND strpos(body, '"type":"looked_again"') > 0`,
];

export function createPeopleStore(db: Database, groupOf: ComputeGroup): PeopleStore {
  return {
    dataOf: (tenant, person) =>
      db.snapshot(function* (): Work<PersonData> {
        const whose = { tenant, person };
        const rounds = Map.groupBy(yield* queryAll(ROUNDS, whose), ({ decision }) => decision);
        const decisions = (yield* queryAll(DATA, whose)).map((one) => ({
          ...one,
          rounds: (rounds.get(one.decision) ?? []).map(({ number, answers }) => ({
            number,
            answers: parseAnswers(answers),
          })),
        }));
        return {
          decisions,
          openedHome: (yield* queryFirst(HOME, whose)) !== null,
          installedApp: (yield* queryFirst(INSTALLATION, whose)) !== null,
          waiting: (yield* queryFirst(WAITING, whose)) ?? 0,
        };
      }),
    forget: async (tenant, person, { cards, limit }, now) => {
      await db.transaction(null, function* (): Work<void> {
        for (const sql of FORGET_ELSEWHERE) yield* execute(sql, { tenant, person });
      });
      const ids = await db.read(() => queryAll(NEXT_OF, { tenant, person, limit }));
      for (const decision of ids) {
        const key = { tenant, decision };
        await db.transaction(lockNameOf(key), () => forgetIn(key, { person, cards, groupOf }, now));
      }
      return ids.length;
    },
  };
}

function* forgetIn(
  key: DecisionKey,
  { person, cards, groupOf }: { person: string; cards: boolean; groupOf: ComputeGroup },
  now: number,
): Work<void> {
  const card = yield* queryFirst(CARD_OF, decisionParams(key));
  // Only the asker can see a card that Slack refused, so without the asker no one could delete it.
  const isDeleted = card?.asker === person && (cards || card.state === 'refused');
  if (isDeleted) yield* removeDecision(key, now);
  for (const sql of FORGET) yield* execute(sql, { ...key, person });
  const after = yield* queryFirst(CARD_OF, decisionParams(key));
  if (!after || after.status === 'deleted') return;
  // The group view contains people's ids, and may change without this person.
  yield* renewGroupView(key, groupOf);
  yield* markCardStale(key, now);
}
