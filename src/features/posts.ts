// Every kind of message that the bot posts later, with the function that delivers it.
import type { Deliveries } from '../delivery/deliver.ts';
import { deliverEditSummary } from './answers/edit-deliver.ts';
import { deliverCard } from './card/deliver.ts';
import { deliverNotice } from './card/notice-deliver.ts';
import { createReasoningDelivery } from './card/reasoning-deliver.ts';
import { deliverAnnouncement } from './decide/deliver.ts';
import { uploadRecord } from './record/deliver.ts';
import { deliverReminder } from './revisit/deliver.ts';
import { createDeadlineDelivery } from './vote/deadline-deliver.ts';
import { completeStep } from './workflow/deliver.ts';

/** Creates the deliveries of one outbox. The reasoning's delivery remembers which workspaces refuse newer blocks. */
export const createDeliveries = (): Deliveries => ({
  card: deliverCard,
  reasoning: createReasoningDelivery(),
  notice: deliverNotice,
  announcement: deliverAnnouncement,
  file: uploadRecord,
  revisit: deliverReminder,
  edited: deliverEditSummary,
  deadline_soon: createDeadlineDelivery('soon'),
  deadline: createDeadlineDelivery('reached'),
  completion: completeStep,
});
