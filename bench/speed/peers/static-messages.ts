import { readFileSync } from 'node:fs';
import type { types } from '@slack/bolt';

interface StaticMessages {
  readonly dialog: types.ModalView;
  readonly card: { readonly text: string; readonly blocks: types.KnownBlock[] };
}

/** A dialog and a card of the bot, as it once made them; the benchmark writes the file. */
const messages: StaticMessages = JSON.parse(readFileSync(process.env.STATIC_MESSAGES ?? '', 'utf8'));

export const staticDialog = messages.dialog;
export const staticCard = messages.card;
