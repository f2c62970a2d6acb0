import type { Decision } from '../../decision/decision.ts';
import type { Discussion } from '../../decision/discussion.ts';
import type { Deps, WebClient } from '../../delivery/deps.ts';
import { failureOf } from '../../slack/failures.ts';
import { homeView, MOST_HOME_ROWS } from './home-message.ts';

/**
 * Shows one person's Home tab as the database has it. One that fails is only logged: Slack asks for it anew
 * whenever it is opened.
 */
export async function publishHome(
  { store, slashCommand, logger }: Deps,
  client: WebClient,
  tenant: string,
  person: string,
  problem: string | null = null,
): Promise<void> {
  const found = await store.decisions.listOfPerson(tenant, person, MOST_HOME_ROWS + 1);
  try {
    await client.views.publish({ user_id: person, view: homeView(found, person, slashCommand, problem) });
  } catch (error) {
    logger.warn({ code: failureOf(error).code }, 'a Home tab could not be published');
  }
}

/**
 * After a change: the Home tabs of those whom it concerns and who have ever looked at theirs.
 *
 * @param whom asker and deciders, unless it is somebody else's own affair
 */
export async function refreshHomes(
  deps: Deps,
  client: WebClient,
  decision: Decision,
  whom: readonly string[] = [decision.asker, ...decision.deciders],
): Promise<void> {
  await refreshHomesOfPeople(deps, client, decision.tenant, whom);
}

/** The same for everybody whom a decision concerns, and the one that it replaces. */
export async function refreshHomesOf(deps: Deps, client: WebClient, discussion: Discussion): Promise<void> {
  const { decision, predecessor } = discussion;
  await refreshHomes(deps, client, decision, everybodyIn(discussion));
  if (predecessor === null) return;
  const { tenant, id } = predecessor.decision;
  const before = await deps.store.discussions.get({ tenant, decision: id });
  if (before) await refreshHomes(deps, client, before.decision, everybodyIn(before));
}

/** Refreshes these people's Home tabs, if they have ever opened them. */
export async function refreshHomesOfPeople(
  deps: Deps,
  client: WebClient,
  tenant: string,
  people: Iterable<string>,
): Promise<void> {
  const atHome = await deps.store.homes.listOpened(tenant, [...new Set(people)]);
  await Promise.all(atHome.map((person) => publishHome(deps, client, tenant, person)));
}

/** The asker, the deciders, and everyone who voted or answered. */
export function everybodyIn({ decision, votes, ownAnswers }: Discussion): string[] {
  return [decision.asker, ...decision.deciders, ...[...votes, ...ownAnswers].map(({ person }) => person)];
}
