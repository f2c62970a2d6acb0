import { TRIGGER_ID } from '../../support/payloads.ts';

/** What people write in the use cases, and what lets somebody act as the bot. */
const CANARIES = [
  'Billing portal',
  'We know it.',
  'its admin',
  'about security',
  'xoxb-test-token',
  'secretpath',
  TRIGGER_ID,
];

/** Which of them stand there. */
export const canariesIn = (text: string): readonly string[] =>
  CANARIES.filter((canary) => text.toLowerCase().includes(canary.toLowerCase()));
