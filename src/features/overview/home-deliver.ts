// Publishes Home tabs, and keeps opened ones up to date.
import type { Decision } from '../../decision/decision.ts';
import type { Discussion } from '../../decision/discussion.ts';
import type { Deps, WebClient } from '../../delivery/deps.ts';
import { tenantOf } from '../../interactions/permissions.ts';
import type { ListenerDeps, Routes } from '../../interactions/routes.ts';
import { failureOf } from '../../slack/failures.ts';
import { homeView, MOST_HOME_ROWS } from './home-message.ts';

/**
 * Publishes one person's Home tab from the database. Only logs a failure, because the bot publishes the tab again when
 * the person opens it.
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
 * Refreshes Home tabs after a change to a decision, if their owners have ever opened them.
 *
 * @param people by default the asker and the deciders
 */
export async function refreshHomes(
  deps: Deps,
  client: WebClient,
  decision: Decision,
  people: readonly string[] = [decision.asker, ...decision.deciders],
): Promise<void> {
  await refreshHomesOfPeople(deps, client, decision.tenant, people);
}

/** Refreshes the Home tabs of all participants of a decision and of the decision that it replaces. */
export async function refreshParticipantHomes(
  deps: Deps,
  client: WebClient,
  discussion: Discussion,
): Promise<void> {
  const { decision, predecessor } = discussion;
  await refreshHomes(deps, client, decision, participantsOf(discussion));
  if (predecessor === null) return;
  const { tenant, id } = predecessor.decision;
  const before = await deps.store.discussions.get({ tenant, decision: id });
  if (before) await refreshHomes(deps, client, before.decision, participantsOf(before));
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

/** Returns the asker, the deciders, and the people who voted or answered. May repeat people. */
export function participantsOf({ decision, votes, ownAnswers }: Discussion): string[] {
  return [decision.asker, ...decision.deciders, ...[...votes, ...ownAnswers].map(({ person }) => person)];
}

/** Registers the opening of the Home tab. From then on, the bot keeps that person's tab up to date. */
export function registerHomeEvent(on: Routes, deps: ListenerDeps): void {
  on.homeOpened(async ({ event, client, context }) => {
    if (event.tab !== 'home') return;
    const { tenant } = tenantOf(context);
    await deps.store.homes.markOpened(tenant, event.user);
    await publishHome(deps, client, tenant, event.user);
  });
}
