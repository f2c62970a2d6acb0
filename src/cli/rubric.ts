/**
 * `npm run rubric`: checks the rubric's files and keeps what they say as JSON beside them, so that a start does not
 * have to read and check YAML. Whoever forgets it after a change in that folder waits longer at each start, and a test
 * says so.
 */
import { keepChecked } from '../advice/rubric/checked.ts';
import { checkNow } from '../advice/rubric/rubric.ts';

const FOLDER = new URL('../advice/rubric/', import.meta.url);

keepChecked(FOLDER, checkNow);
