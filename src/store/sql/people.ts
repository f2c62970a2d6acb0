import { z } from 'zod';
import { CHOICES } from '../../core/ballot.ts';
import { STATUSES } from '../../core/decision.ts';
import type { GroupOf } from '../../core/discussion.ts';
import { type PersonData, SOMEBODY } from '../../core/person-data.ts';
import type { PeopleStore } from '../store.ts';
import { cardChanged } from './card-updates.ts';
import { renewGroupView } from './discussions.ts';
import { KEY, subjectOf } from './key.ts';
import { NAMING } from './of-person.ts';
import { readAnswers, rowAs } from './reading.ts';
import { all, type Database, first, query, run, type Work } from './work.ts';

const personRow = z
  .object({
    id: z.string(),
    project: z.string(),
    channel: z.string(),
    status: z.enum(STATUSES),
    created_at: z.number(),
    asked: z.number(),
    decides: z.number(),
    choice: z.enum(CHOICES).nullable(),
    reason: z.string().nullable(),
    answers: z.string().nullable(),
    decided: z.number(),
  })
  .transform(
    ({ id, created_at, asked, decides, choice, reason, answers, decided, ...row }): PersonData => ({
      ...row,
      decision: id,
      createdAt: created_at,
      asked: asked === 1,
      decides: decides === 1,
      vote: choice === null ? null : { choice, reason },
      answers: answers === null ? null : readAnswers(answers),
      decided: decided === 1,
    }),
  );

const DATA = query(
  `SELECT d.id, d.project, d.channel, d.status, d.created_at,
     CASE WHEN d.asker = :person THEN 1 ELSE 0 END AS asked,
     CASE WHEN EXISTS (SELECT 1 FROM deciders WHERE tenant = d.tenant AND decision = d.id AND "user" = :person)
       THEN 1 ELSE 0 END AS decides,
     v.choice, v.reason, o.answers,
     CASE WHEN EXISTS (SELECT 1 FROM records WHERE tenant = d.tenant AND decision = d.id
       AND (decided_by = :person OR reopened_by = :person)) THEN 1 ELSE 0 END AS decided
   FROM (SELECT DISTINCT id FROM (${NAMING}) named) mine CROSS JOIN decisions d
   LEFT JOIN votes v ON v.tenant = d.tenant AND v.decision = d.id AND v.person = :person
   LEFT JOIN own_answers o ON o.tenant = d.tenant AND o.decision = d.id AND o.person = :person
   WHERE d.tenant = :tenant AND d.id = mine.id
   ORDER BY d.created_at DESC, d.id DESC`,
  rowAs(personRow),
);
const NEXT_OF = query(
  `SELECT d.id, d.status FROM (${NAMING}) mine CROSS JOIN decisions d
   WHERE d.tenant = :tenant AND d.id = mine.id ORDER BY d.id LIMIT 1`,
  rowAs(z.object({ id: z.string(), status: z.enum(STATUSES) })),
);

/** Everything that they said goes; where the team's decision needs somebody, it says just that. */
const FORGET = [
  `DELETE FROM votes WHERE ${KEY} AND person = :person`,
  `DELETE FROM own_answers WHERE ${KEY} AND person = :person`,
  `DELETE FROM deciders WHERE ${KEY} AND "user" = :person`,
  `UPDATE decisions SET asker = '${SOMEBODY}' WHERE tenant = :tenant AND id = :decision AND asker = :person`,
  `UPDATE rounds SET asked_by = '${SOMEBODY}' WHERE ${KEY} AND asked_by = :person`,
  `UPDATE records SET decided_by = '${SOMEBODY}' WHERE ${KEY} AND decided_by = :person`,
  `UPDATE records SET reopened_by = '${SOMEBODY}' WHERE ${KEY} AND reopened_by = :person`,
];
/** Nobody named would mean everybody, as where a workflow asks. */
const ASKER_DECIDES = `
  INSERT INTO deciders (tenant, decision, "user")
  SELECT d.tenant, d.id, d.asker FROM decisions d
  WHERE d.tenant = :tenant AND d.id = :decision AND d.asker <> '${SOMEBODY}' AND d.step IS NULL
    AND d.status <> 'deleted' AND NOT EXISTS (SELECT 1 FROM deciders WHERE ${KEY})`;
const FORGET_HOME = 'DELETE FROM homes WHERE tenant = :tenant AND person = :person';

export function peopleStore(db: Database, groupOf: GroupOf): PeopleStore {
  return {
    dataOf: (tenant, person) => db.read(() => all(DATA, { tenant, person })),
    forget: async (tenant, person, now) => {
      await db.write(() => run(FORGET_HOME, { tenant, person }));
      let forgotten = 0;
      for (;;) {
        const next = await db.read(() => first(NEXT_OF, { tenant, person }));
        if (!next) return forgotten;
        await db.transaction(subjectOf({ tenant, decision: next.id }), () =>
          forgetIn({ tenant, decision: next.id }, person, groupOf, now),
        );
        forgotten += 1;
      }
    },
  };
}

function* forgetIn(
  key: { readonly tenant: string; readonly decision: string },
  person: string,
  groupOf: GroupOf,
  now: number,
): Work<void> {
  for (const sql of FORGET) yield* run(sql, { ...key, person });
  yield* run(ASKER_DECIDES, key);
  // What the group says names people, and may be another thing without this one.
  yield* renewGroupView(key, groupOf);
  yield* cardChanged(key, now);
}
