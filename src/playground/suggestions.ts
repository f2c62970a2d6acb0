import { z } from 'zod';
import type { PlacedElement } from './ids.ts';
import type { Json } from './json.ts';
import type { Delivered } from './record.ts';
import { Refusal } from './refusal.ts';

const MAX_OPTIONS = 100;
/** What Slack sends nothing below, unless the element says otherwise. */
const MIN_QUERY = 3;

const option = z.looseObject({
  text: z.looseObject({ type: z.enum(['plain_text', 'mrkdwn']), text: z.string().min(1).max(75) }),
  value: z.string().max(150),
});
const options = z.array(option).max(MAX_OPTIONS);
const group = z.looseObject({ label: z.looseObject({ text: z.string().min(1).max(75) }), options });
const answer = z.union([
  z.object({ options }).transform(({ options: list }) => list),
  z
    .object({ option_groups: z.array(group).max(MAX_OPTIONS) })
    .transform(({ option_groups: groups }) => groups.flatMap((one) => one.options)),
]);

/** What apps have offered in external selects: only that can be chosen there. */
export class Suggestions {
  readonly #offered = new Map<string, readonly Json[]>();

  /** Keeps what the app has answered. Throws Refusal where Slack would show an error in the menu. */
  keep(place: string, placed: PlacedElement, { status, body }: Delivered): readonly Json[] {
    if (status !== 200) throw new Refusal('no_suggestions');
    const parsed = answer.safeParse(body);
    if (!parsed.success) throw new Refusal('invalid_suggestions', { body });
    this.#offered.set(keyOf(place, placed), parsed.data);
    return parsed.data;
  }

  offered(place: string, placed: PlacedElement): readonly Json[] {
    return this.#offered.get(keyOf(place, placed)) ?? [];
  }
}

const keyOf = (place: string, { block, element }: PlacedElement): string =>
  JSON.stringify([place, block.block_id, element.action_id]);

/** Throws where the client would not ask the app. */
export function checkQuery({ element }: PlacedElement, typed: string): void {
  if (!/^(multi_)?external_select$/.test(element.type)) {
    throw new Error(`${element.action_id} is a ${element.type}: it asks nobody for options`);
  }
  const least = typeof element.min_query_length === 'number' ? element.min_query_length : MIN_QUERY;
  if ([...typed].length < least) throw new Error(`${element.action_id} asks from ${least} characters on`);
}
