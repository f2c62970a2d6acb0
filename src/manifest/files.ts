import type { Question } from '../advice/rubric/schema.ts';
import { manifestToYaml } from './as-yaml.ts';
import { buildManifest } from './manifest.ts';

/** Placeholder for the operator's own server. */
const PLACEHOLDER_URL = 'https://replace-with-your-host.example.org';

const GENERATED = 'Written by `npm run manifest` from src/manifest; a change here would be lost.';
const REPLACE = [
  'The addresses must be those of your own server, which has to run when Slack checks them; this prints it so:',
  '  npm run --silent manifest -- --url https://bot.example.org',
];

/** Returns the manifests kept in the repository, with their paths. */
export const manifestFiles = (questions: readonly Question[]) => [
  {
    path: 'manifest.yml',
    content: manifestToYaml(buildManifest({ kind: 'socket' }, { questions }), [GENERATED]),
  },
  {
    path: 'deploy/manifest.distribution.yml',
    content: manifestToYaml(buildManifest({ kind: 'http', publicUrl: PLACEHOLDER_URL }, { questions }), [
      GENERATED,
      ...REPLACE,
    ]),
  },
];
