/** `npm run texts [-- --write]`: prints the catalogue of everything the bot can say, or writes docs/texts.md. */
import { writeFileSync } from 'node:fs';
import { CATALOGUE, renderCatalogue } from './catalogue.ts';
import { playStory } from './story.ts';

const catalogue = renderCatalogue(await playStory());
if (process.argv.includes('--write')) writeFileSync(CATALOGUE, catalogue);
else process.stdout.write(catalogue);
