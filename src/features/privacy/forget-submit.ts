import type { types } from '@slack/bolt';
import { VIEWS } from '../../blocks/ids.ts';
import { isAsked, type PersonData } from '../../decision/person-data.ts';
import type { ListenerDeps } from '../../interactions/deps.ts';
import { tenantOf } from '../../interactions/find-decision.ts';
import type { Routes } from '../../interactions/routes.ts';
import { withTimeout } from '../../runtime/clock.ts';
import { everybodyIn, publishHome, refreshHomesOfPeople } from '../overview/home-deliver.ts';
import { forgettingModal, forgottenModal, parseForget } from './forget-dialog.ts';
import { type ForgetKept, forgetPerson } from './forget-person.ts';

/** For reading and deleting, before the dialog is answered. Storing the request takes more of Slack's three seconds. */
const DELETE_FOR_MS = 1_500;

/** Cards whose people's Home tabs are refreshed. The others see it when they open theirs. */
const MOST_READ = 20;

/** "Delete my data" was confirmed. */
export function forgetMeSubmitted(on: Routes, deps: ListenerDeps): void {
  const { store, clock } = deps;
  on.view(VIEWS.forgetMe, async (args) => {
    const { ack, body, client, context, view } = args;
    const until = clock.monotonic() + DELETE_FOR_MS;
    const { tenant } = tenantOf(context);
    const request: ForgetKept = {
      type: 'forget',
      person: body.user.id,
      cards: parseForget(view.state.values),
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
      // The dialog has been answered. If the deletion fails now, the inbox tries again.
      await deleting.catch(() => {});
      deps.cardUpdates.kick();
      deps.outbox.kick();
    }
  });
}

/** The people on the cards that are about to be deleted, whose Home tabs list them. */
async function peopleOn({ store }: ListenerDeps, tenant: string, data: PersonData): Promise<string[]> {
  const asked = data.decisions.filter(isAsked).slice(0, MOST_READ);
  const discussions = await Promise.all(
    asked.map(({ decision }) => store.discussions.get({ tenant, decision })),
  );
  return discussions.flatMap((discussion) => (discussion ? everybodyIn(discussion) : []));
}
