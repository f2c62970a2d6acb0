import type { Block, KnownBlock, ModalView } from '@slack/types';

/** A Slack message. `text` holds everything essential, because screen readers read only `text`. */
export interface Message {
  readonly text: string;
  readonly blocks: (KnownBlock | Block)[];
}

/** A dialog, for code that opens one without reading its content. */
export type Dialog = ModalView;

/** Longest `text` of a message, in characters. `chat.update` refuses more than 4,000. */
export const LONGEST_MESSAGE = 3_900;
