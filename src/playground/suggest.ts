import type { PlacedElement } from './ids.ts';
import type { Json } from './json.ts';
import type { PersonOptions } from './person-options.ts';
import { Refusal } from './refusal.ts';
import { checkQuery } from './suggestions.ts';
import { suggestionPayload } from './view-payloads.ts';
import type { OpenView } from './views.ts';
import type { User } from './workspace.ts';

/** Asks the app what an external select of a view offers for what somebody has typed into it. */
export async function suggest(
  { world, deliveries, onChange, onComplaint }: PersonOptions,
  user: User,
  view: OpenView,
  placed: PlacedElement,
  typed: string,
): Promise<readonly Json[]> {
  checkQuery(placed, typed);
  const payload = suggestionPayload(world.workspace, user, view, placed, typed);
  const answer = await deliveries.send('interactive', payload);
  try {
    return world.suggestions.keep(view.id, placed, answer);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    onComplaint(`${error.code} ${JSON.stringify(error.more)}`);
    return [];
  } finally {
    onChange();
  }
}
