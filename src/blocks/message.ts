import type { Block, KnownBlock } from '@slack/types';

/** What a builder of a message returns. `text` holds everything essential: screen readers read only that. */
export interface Message {
  readonly text: string;
  readonly blocks: (KnownBlock | Block)[];
}
