import { z } from 'zod';

/** What a payload from Slack is, read once and without trusting it; for logs, refusals and errors. */
export interface Interaction {
  readonly kind:
    | 'command'
    | 'action'
    | 'view_submission'
    | 'view_closed'
    | 'shortcut'
    | 'options'
    | 'event'
    | 'other';
  /** Which command, action, view or event. */
  readonly id: string;
  readonly triggerId: string | undefined;
  /** Blocks of the submitted view that can show an error, in order. */
  readonly inputBlocks: readonly string[];
  readonly inModal: boolean;
}

const KINDS: Readonly<Record<string, Interaction['kind']>> = {
  block_actions: 'action',
  view_submission: 'view_submission',
  view_closed: 'view_closed',
  shortcut: 'shortcut',
  message_action: 'shortcut',
  block_suggestion: 'options',
  event_callback: 'event',
};

const payload = z.object({
  type: z.string().optional().catch(undefined),
  command: z.string().optional().catch(undefined),
  callback_id: z.string().optional().catch(undefined),
  action_id: z.string().optional().catch(undefined),
  trigger_id: z.string().optional().catch(undefined),
  actions: z
    .array(z.object({ action_id: z.string() }))
    .optional()
    .catch(undefined),
  event: z.object({ type: z.string() }).optional().catch(undefined),
  view: z
    .object({
      type: z.string().optional(),
      callback_id: z.string().optional(),
      blocks: z.array(z.object({ type: z.string(), block_id: z.string().optional() })).optional(),
    })
    .optional()
    .catch(undefined),
});

const known = new WeakMap<object, Interaction>();

/** Of the same payload it is read once, however many ask. */
export function interactionOf(body: unknown): Interaction {
  if (typeof body !== 'object' || body === null) return read(body);
  const before = known.get(body);
  if (before) return before;
  const interaction = read(body);
  known.set(body, interaction);
  return interaction;
}

function read(body: unknown): Interaction {
  const parsed = payload.safeParse(body).data;
  const kind = kindOf(body);
  return {
    kind,
    id: idOf(kind, parsed),
    triggerId: parsed?.trigger_id,
    inputBlocks: (parsed?.view?.blocks ?? []).flatMap((b) =>
      b.type === 'input' && b.block_id ? [b.block_id] : [],
    ),
    inModal: parsed?.view?.type === 'modal',
  };
}

/** The same kind at a glance, for what must not wait for the rest to be read. */
export function kindOf(body: unknown): Interaction['kind'] {
  if (typeof body !== 'object' || body === null) return 'other';
  if ('command' in body && typeof body.command === 'string') return 'command';
  return 'type' in body && typeof body.type === 'string' ? (KINDS[body.type] ?? 'other') : 'other';
}

function idOf(kind: Interaction['kind'], body: z.infer<typeof payload> | undefined): string {
  const id = {
    command: body?.command,
    action: body?.actions?.[0]?.action_id,
    view_submission: body?.view?.callback_id,
    view_closed: body?.view?.callback_id,
    shortcut: body?.callback_id,
    options: body?.action_id,
    event: body?.event?.type,
    other: body?.type,
  }[kind];
  return id ?? '';
}
