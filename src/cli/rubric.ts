/**
 * `npm run rubric`: checks the rubric's files and keeps what they say as JSON beside them, so that a start does not
 * have to read and check YAML. Whoever forgets it after a change in that folder waits longer at each start, and a test
 * says so.
 */
import { keepChecked } from '../rubric/checked.ts';
import { checkNow } from '../rubric/rubric.ts';

const FOLDER = new URL('../rubric/', import.meta.url);

keepChecked(FOLDER, checkNow);
