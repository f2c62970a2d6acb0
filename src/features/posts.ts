/** Every kind of message the bot posts later, and what delivers it. */
import type { Deliveries } from '../delivery/deliver.ts';
import { tellEdited } from './answers/edit-deliver.ts';
import { deliverCard } from './card/deliver.ts';
import { tellAsker } from './card/notice-deliver.ts';
import { reasoningDelivery } from './card/reasoning-deliver.ts';
import { announce } from './decide/deliver.ts';
import { uploadRecord } from './record/deliver.ts';
import { remind } from './revisit/deliver.ts';
import { remindOfDeadline } from './vote/deadline-deliver.ts';
import { completeStep } from './workflow/deliver.ts';

/** For one outbox: the delivery of the reasoning remembers which workspaces refuse newer blocks. */
export const deliveries = (): Deliveries => ({
  card: deliverCard,
  reasoning: reasoningDelivery(),
  notice: tellAsker,
  announcement: announce,
  file: uploadRecord,
  revisit: remind,
  edited: tellEdited,
  deadline_soon: remindOfDeadline('soon'),
  deadline: remindOfDeadline('reached'),
  completion: completeStep,
});
