/** The settings file `.env` in the working directory, for the bot and for every command. */
import dotenv from 'dotenv';

/**
 * Adds the variables of `.env` to the environment, which wins.
 *
 * @returns a sentence if the file exists but can't be read; null if all is well, also without a file
 */
export function loadEnvFile(): string | null {
  const { error } = dotenv.config({ quiet: true });
  if (error === undefined || error.code === 'ENOENT') return null;
  return `.env in ${process.cwd()} can't be read (${error.code}). Make it a file that this user can read, or remove it.`;
}
