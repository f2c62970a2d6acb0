/**
 * `npm run manifest`: writes `manifest.yml` and `deploy/manifest.distribution.yml`.
 * `npm run --silent manifest -- --url https://bot.example.org`: prints the distribution manifest for that server.
 * `--with-step` adds the workflow step, for use within one organisation: Slack doesn't allow public distribution of an
 * app with a step. `--without-step` omits the step. With either option and no `--url`, prints `manifest.yml`.
 * Exits 2 with a line per problem if an option is wrong.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadRubric } from '../advice/rubric/rubric.ts';
import { manifestToYaml } from '../manifest/as-yaml.ts';
import { manifestFiles } from '../manifest/files.ts';
import { buildManifest, type ManifestTarget } from '../manifest/manifest.ts';

/** Longest server URL. Slack accepts redirect URLs of up to 2,500 characters, which include the bot's path. */
const LONGEST_URL = 2_400;

const ROOT = new URL('../../', import.meta.url);
const { url, 'with-step': withStep, 'without-step': withoutStep } = flags();
const { questions } = loadRubric();

if (withStep && withoutStep) fail(['use either --with-step or --without-step']);
if (url === undefined && !withoutStep && !withStep) {
  for (const { path, content } of manifestFiles(questions)) writeFileSync(new URL(path, ROOT), content);
} else {
  const target: ManifestTarget =
    url === undefined ? { kind: 'socket' } : { kind: 'http', publicUrl: address(url) };
  const made = buildManifest(target, {
    questions,
    ...(withStep || withoutStep ? { withFunction: withStep } : {}),
  });
  process.stdout.write(manifestToYaml(made));
}

function flags() {
  try {
    return parseArgs({
      options: {
        url: { type: 'string' },
        'with-step': { type: 'boolean', default: false },
        'without-step': { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return fail([error instanceof Error ? error.message : String(error)]);
  }
}

/** Checks the URL of a server, to which paths can be appended. */
function address(given: string): string {
  const parsed = URL.parse(given);
  if (parsed?.protocol !== 'https:' || parsed.search !== '' || parsed.hash !== '' || parsed.username !== '') {
    fail(['--url must be the https address of your server, such as https://bot.example.org']);
  }
  if (parsed.href.length > LONGEST_URL) fail([`--url must have at most ${LONGEST_URL} characters`]);
  return parsed.href;
}

function fail(problems: readonly string[]): never {
  for (const problem of problems) process.stderr.write(`manifest: ${problem}\n`);
  process.exit(2);
}
