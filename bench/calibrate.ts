/**
 * `npm run calibrate`: how good the advice is on documented projects, by cross-validation, printed from the data
 * in the rubric. `-- --write` keeps it in docs/calibration.md.
 */
import { writeFileSync } from 'node:fs';
import { loadRubric } from '../src/advice/rubric/rubric.ts';
import { renderReport } from './calibrate/report.ts';

const text = `${renderReport(loadRubric())}\n`;
process.stdout.write(text);
if (process.argv.includes('--write')) {
  writeFileSync(new URL('../docs/calibration.md', import.meta.url), text);
}
