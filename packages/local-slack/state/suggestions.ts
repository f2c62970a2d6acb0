import { z } from 'zod';
import type { ElementInBlock } from './ids.ts';
import type { Json } from './json.ts';
import { setNewest } from './newest.ts';
import type { DeliveryResult } from './record.ts';
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

/** What an app has answered last for one select. */
export interface OfferedOptions {
  readonly block: string;
  readonly action: string;
  /** What was typed. */
  readonly typed: string;
  readonly options: readonly Json[];
}

/** What apps have offered in external selects: only that can be chosen there. */
export class Suggestions {
  readonly #last = new Map<string, Map<string, OfferedOptions>>();
  /** Also what was offered before: several can be chosen one after the other. */
  readonly #ever = new Map<string, Map<unknown, Json>>();

  /** Keeps what the app has answered. Throws Refusal where Slack would show an error in the menu. */
  keep(
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

  /** The last answers for all selects of a place. */
  latestOffers(place: string): readonly OfferedOptions[] {
    return [...(this.#last.get(place)?.values() ?? [])];
  }
}

const keyOf = ({ block, element }: ElementInBlock): string =>
  JSON.stringify([block.block_id, element.action_id]);

/** Throws where the client would not ask the app. */
export function checkQuery({ element }: ElementInBlock, typed: string): void {
  if (!/^(multi_)?external_select$/.test(element.type)) {
    throw new Error(`${element.action_id} is a ${element.type}: it asks nobody for options`);
  }
  const least = typeof element.min_query_length === 'number' ? element.min_query_length : MIN_QUERY;
  if ([...typed].length < least) throw new Error(`${element.action_id} asks from ${least} characters on`);
}
