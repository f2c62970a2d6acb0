import { z } from 'zod';
import type { Json } from '../../state/json.ts';
import { Refusal } from '../../state/refusal.ts';
import { type OpenView, viewOutput } from '../../state/views.ts';
import { defineMethod, jsonArgument, type Method, optionalString, type World } from './method.ts';

const viewResponse = (view: OpenView, { workspace }: World): Json => ({ view: viewOutput(view, workspace) });

const triggered = z.looseObject({ trigger_id: z.string(), view: jsonArgument });

const open = defineMethod(triggered, (args, world) => {
  const { user, channel } = world.grants.exchangeTrigger(args.trigger_id);
  return viewResponse(world.views.open(user, args.view, channel), world);
});

const push = defineMethod(triggered, (args, world) => {
  const { user, viewId } = world.grants.exchangeTrigger(args.trigger_id);
  // Slack pushes a view only for an interaction inside a modal.
  if (viewId === undefined) throw new Refusal('invalid_trigger_id');
  world.views.get(viewId);
  return viewResponse(world.views.push(user, args.view), world);
});

const update = defineMethod(
  z.looseObject({
    view_id: optionalString,
    external_id: optionalString,
    view: jsonArgument,
    hash: optionalString,
  }),
  (args, world) => {
    const { view_id: id, external_id: externalId } = args;
    if (id === undefined && externalId === undefined) throw new Refusal('invalid_arguments');
    const found = id === undefined ? world.views.byExternalId(externalId ?? '') : world.views.get(id);
    return viewResponse(world.views.update(found.id, args.view, args.hash), world);
  },
);

const publish = defineMethod(
  z.looseObject({ user_id: z.string(), view: jsonArgument, hash: optionalString }),
  (args, world) => {
    world.workspace.user(args.user_id);
    return viewResponse(world.views.publish(args.user_id, args.view, args.hash), world);
  },
);

export const viewsMethods: Readonly<Record<string, Method>> = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
