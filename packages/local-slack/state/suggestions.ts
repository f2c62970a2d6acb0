import { z } from 'zod';
import type { ElementInBlock } from './ids.ts';
import type { Json } from './json.ts';
import { setNewest } from './newest.ts';
import type { DeliveryResult } from './record.ts';
import { Refusal } from './refusal.ts';

const MAX_OPTIONS = 100;
/** Shortest query that Slack sends to the app, in characters, unless the element sets another. */
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

/** The app's latest options for one external select. */
export interface OfferedOptions {
  readonly block: string;
  readonly action: string;
  /** Query to which the app returned these options. */
  readonly typed: string;
  readonly options: readonly Json[];
}

/** Options that the app returned for external selects. A person can choose only from these. */
export class Suggestions {
  readonly #last = new Map<string, Map<string, OfferedOptions>>();
  /** Includes options of earlier queries, because a person can choose several, one after the other. */
  readonly #ever = new Map<string, Map<unknown, Json>>();

  /** Stores the app's options. Throws a Refusal if Slack would show an error in the menu. */
  store(
    place: string,
    placed: ElementInBlock,
    { status, body }: DeliveryResult,
    typed: string,
  ): readonly Json[] {
    if (status !== 200) throw new Refusal('no_suggestions');
    const parsed = answer.safeParse(body);
    if (!parsed.success) throw new Refusal('invalid_suggestions', { body });
    const key = keyOf(placed);
    const { block, element } = placed;
    const offer = { block: block.block_id, action: element.action_id, typed, options: parsed.data };
    setNewest(this.#last, place, new Map(this.#last.get(place)).set(key, offer));
    const ever = new Map(this.#ever.get(place + key));
    for (const one of parsed.data) ever.set(one.value, one);
    setNewest(this.#ever, place + key, ever);
    return parsed.data;
  }

  allOffered(place: string, placed: ElementInBlock): readonly Json[] {
    return [...(this.#ever.get(place + keyOf(placed))?.values() ?? [])];
  }

  /** Returns the latest options of each select in one view, or in one person's copy of a message. */
  latestOffers(place: string): readonly OfferedOptions[] {
    return [...(this.#last.get(place)?.values() ?? [])];
  }
}

const keyOf = ({ block, element }: ElementInBlock): string =>
  JSON.stringify([block.block_id, element.action_id]);

/** Throws if Slack's client wouldn't ask the app. */
export function checkQuery({ element }: ElementInBlock, typed: string): void {
  if (!/^(multi_)?external_select$/.test(element.type)) {
    throw new Error(`${element.action_id} is a ${element.type}: it asks nobody for options`);
  }
  const least = typeof element.min_query_length === 'number' ? element.min_query_length : MIN_QUERY;
  if ([...typed].length < least) throw new Error(`${element.action_id} asks from ${least} characters on`);
}
