// Reads `.env` in the working directory, for the bot and for every command.
import dotenv from 'dotenv';

/**
 * Adds the variables in `.env` to the environment. A variable that is already set wins.
 *
 * @returns a sentence if the file exists but can't be read; null otherwise, also without a file
 */
export function loadEnvFile(): string | null {
  const { error } = dotenv.config({ quiet: true });
  if (error === undefined || error.code === 'ENOENT') return null;
  return `.env in ${process.cwd()} can't be read (${error.code}). Make it a file that this user can read, or remove it.`;
}
