import type { Args } from './routes.ts';
import { acknowledge, tell } from './tell.ts';

const NOT_INSTALLED =
  'This app is not installed here any more, or not for this workspace. Ask an admin to install it again; nothing was changed.';

/** Somebody still sees a card or a command of an app that has lost its installation. */
export async function refuseNotInstalled(args: Args): Promise<void> {
  args.context.outcome = 'not_installed';
  // In this order: what was submitted can only be told of with the acknowledgement itself.
  await tell(args, NOT_INSTALLED);
  await acknowledge(args);
}
