import { z } from 'zod';
import { respond } from '../server/respond.ts';
import type { World } from '../server/web-api/method.ts';
import type { Json } from '../state/json.ts';
import { isObject } from '../state/json.ts';
import type { DeliveryResult } from '../state/record.ts';
import { Refusal } from '../state/refusal.ts';
import type { OpenView } from '../state/views.ts';

const submissionAck = z.discriminatedUnion('response_action', [
  z.object({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.literal('update'), view: z.unknown() }),
  z.object({ response_action: z.literal('push'), view: z.unknown() }),
  z.object({ response_action: z.literal('clear') }),
]);

const succeeded = ({ status }: DeliveryResult): boolean => status >= 200 && status < 300;

/**
 * Applies the app's response to a view's submission. Throws a Refusal if Slack would show an error: an unknown
 * response, a refused view, or an error for a missing field.
 */
export function applySubmissionAck(view: OpenView, answer: DeliveryResult, world: World): void {
  // Without a 2xx answer, Slack asks the person to try again and leaves the view as it is.
  if (!succeeded(answer)) return;
  if (answer.body === undefined) {
    world.views.close(view.id);
    return;
  }
  const parsed = submissionAck.safeParse(answer.body);
  if (!parsed.success) throw new Refusal('invalid_ack', { body: answer.body });
  const ack = parsed.data;
  switch (ack.response_action) {
    case 'errors': {
      const inputs = new Set(
        view.blocks.flatMap(({ type, block_id }) => (type === 'input' ? [block_id] : [])),
      );
      const lost = Object.keys(ack.errors).filter((blockId) => !inputs.has(blockId));
      if (lost.length > 0) throw new Refusal('error_without_input_block', { blocks: lost });
      world.views.setErrors(view.id, ack.errors);
      return;
    }
    case 'update':
      world.views.update(view.id, ack.view, undefined);
      return;
    case 'push':
      world.views.push(view.user, ack.view);
      return;
    case 'clear':
      world.views.close(view.id, true);
  }
}

/** Shows the app's response to a command: a text, a message, or nothing. */
export function applyCommandAck(answer: DeliveryResult, user: string, channel: string, world: World): void {
  if (!succeeded(answer) || answer.body === undefined) return;
  const body: Json = isObject(answer.body) ? answer.body : { text: String(answer.body) };
  const silent = Object.keys(body).length === 1 && body.response_type === 'in_channel';
  if (!silent) respond({ user, channel }, body, world);
}
