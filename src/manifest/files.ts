import type { Question } from '../rubric/schema.ts';
import { asYaml } from './as-yaml.ts';
import { manifest } from './manifest.ts';

/** Stands where the address of somebody's own server belongs. */
const PLACEHOLDER_URL = 'https://replace-with-your-host.example.org';

/** The manifests that the repository keeps, each with its path in it. */
export const manifestFiles = (questions: readonly Question[]) => [
  { path: 'manifest.yml', content: asYaml(manifest({ kind: 'socket' }, { questions }), 'socket') },
  {
    path: 'deploy/manifest.distribution.yml',
    content: asYaml(manifest({ kind: 'http', publicUrl: PLACEHOLDER_URL }, { questions }), 'http'),
  },
];
