import type { types } from '@slack/bolt';
import { VIEWS } from '../../blocks/ids.ts';
import { hasAsked, type PersonData } from '../../decision/person-data.ts';
import { tenantOf } from '../../interactions/permissions.ts';
import type { ListenerDeps, Routes } from '../../interactions/routes.ts';
import { withTimeout } from '../../runtime/clock.ts';
import { participantsOf, publishHome, refreshHomesOfPeople } from '../overview/home-deliver.ts';
import { forgettingModal, forgottenModal, parseForgetDialog } from './forget-dialog.ts';
import { type ForgetRequest, forgetPerson } from './forget-person.ts';

/** Time for reading and deleting, in ms. Slack waits three seconds; storing the request may need some of them. */
const DELETE_FOR_MS = 1_500;

/** Most deleted cards for which Home tabs are refreshed. Other tabs are refreshed when their owners open them. */
const MOST_READ = 20;

/** Registers the confirmation of "Delete my data". */
export function registerForgetSubmit(on: Routes, deps: ListenerDeps): void {
  const { store, clock } = deps;
  on.view(VIEWS.forgetMe, async (args) => {
    const { ack, body, client, context, view } = args;
    const until = clock.monotonic() + DELETE_FOR_MS;
    const { tenant } = tenantOf(context);
    const request: ForgetRequest = {
      type: 'forget',
      person: body.user.id,
      cards: parseForgetDialog(view.state.values),
    };
    const show = (next: types.ModalView): Promise<void> => ack({ response_action: 'update', view: next });
    const before = await store.people.dataOf(tenant, request.person);
    const others = request.cards ? await peopleOn(deps, tenant, before) : [];
    let late = false;
    const deleting = forgetPerson(deps, tenant, request, () => late);
    try {
      const finished = await withTimeout(clock, Math.max(until - clock.monotonic(), 0), deleting);
      if (finished === true) {
        context.outcome = 'forgotten';
        await show(forgottenModal(before, request.cards));
        if (before.openedHome) await publishHome(deps, client, tenant, request.person);
        await refreshHomesOfPeople(deps, client, tenant, others);
      } else {
        late = true;
        // Store the request before telling the person that it will finish.
        await store.inbox.put({ id: `forget ${tenant} ${view.id}`, tenant, body: request }, clock.now());
        context.outcome = 'forgetting';
        await show(forgettingModal());
        deps.inbox.kick();
      }
    } finally {
      late = true;
      // Slack has its response. If the deletion fails now, the inbox retries it.
      await deleting.catch(() => {});
      deps.cardUpdates.kick();
      deps.outbox.kick();
    }
  });
}

/** Returns the participants of the cards that are about to be deleted, because their Home tabs list those cards. */
async function peopleOn({ store }: ListenerDeps, tenant: string, data: PersonData): Promise<string[]> {
  const asked = data.decisions.filter(hasAsked).slice(0, MOST_READ);
  const discussions = await Promise.all(
    asked.map(({ decision }) => store.discussions.get({ tenant, decision })),
  );
  return discussions.flatMap((discussion) => (discussion ? participantsOf(discussion) : []));
}
