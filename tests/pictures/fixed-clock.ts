/** Loaded into the bot's process with `--import`: its clock starts when the story does. */
import { startStoryClock } from './story-time.ts';

Date.now = startStoryClock();
