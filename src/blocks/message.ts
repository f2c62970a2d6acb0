import type { Block, KnownBlock, ModalView } from '@slack/types';

/** What a builder of a message returns. `text` holds everything essential: screen readers read only that. */
export interface Message {
  readonly text: string;
  readonly blocks: (KnownBlock | Block)[];
}

/** A dialog, for those who open one without looking inside. */
export type Dialog = ModalView;

/** Of a message's text: `chat.update` refuses more than 4,000 characters, so no message of ours has more. */
export const MOST_TEXT = 3_900;
