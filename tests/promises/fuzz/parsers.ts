import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { findManifestProblems } from '../../../packages/local-slack/rules/manifest-rules.ts';
import { parseAnswers } from '../../../src/advice/answers.ts';
import { readYaml } from '../../../src/advice/rubric/read-yaml.ts';
import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { answerQuestion } from '../../../src/advice/search/answer-question.ts';
import { describeStuckCode } from '../../../src/blocks/message.ts';
import {
  decodeDecisionView,
  decodeHistoryPage,
  decodeIntake,
  decodeVoteView,
} from '../../../src/blocks/metadata.ts';
import { readSelectedAnswers } from '../../../src/blocks/questions.ts';
import { toOneLine } from '../../../src/blocks/text.ts';
import { parseTimeZone } from '../../../src/decision/days.ts';
import { parseCommand } from '../../../src/features/ask/command.ts';
import { parseIntakeDialog } from '../../../src/features/ask/parse-dialog.ts';
import { parseDecideDialog } from '../../../src/features/decide/dialog.ts';
import { extractQuestion, parseMention } from '../../../src/features/question/mention.ts';
import { parseStepInputs } from '../../../src/features/workflow/step.ts';
import { createInstallState, findStateProblem } from '../../../src/installs/install-state.ts';
import { payloadOf } from '../../../src/interactions/payload.ts';
import { loadConfig } from '../../../src/runtime/config.ts';
import { parseDatabase } from '../../../src/runtime/environment.ts';
import { scrub } from '../../../src/runtime/logging.ts';
import { createSealer, parseKeys, SealError } from '../../../src/runtime/seal.ts';
import { isSlackAddress } from '../../../src/slack/addresses.ts';
import {
  cardFailureSentence,
  dialogFailureSentence,
  replyFailureSentence,
} from '../../../src/slack/failures.ts';
import { isSslCheck, parseBody } from '../../../src/slack/http/parse-body.ts';
import { StoreError } from '../../../src/store/store.ts';
import { readExport, writeExport } from '../../../src/store/transfer/format.ts';
import { command, mention, press, submit } from '../../support/payloads.ts';
import type { Random } from './random.ts';

const rubric = loadRubric();

/** Something that reads what comes from outside. */
export interface Parser {
  readonly name: string;
  /** What it is for, to be spoiled. */
  readonly samples: readonly string[];
  /** Runs it. What does not hold of what came out, in words; throws where it must not. */
  run(text: string): readonly string[] | Promise<readonly string[]>;
}

const SECRET = 'zqsecretzqsecretzqsecret';
const FORM = 'application/x-www-form-urlencoded';
const form = (fields: Record<string, unknown>): string =>
  new URLSearchParams(Object.entries(fields).map(([key, value]) => [key, String(value)])).toString();
const payload = (body: unknown): string => form({ payload: JSON.stringify(body) });

const isString = (value: unknown): boolean => typeof value === 'string' && value.length > 0;
const unless = (holds: boolean, words: string): readonly string[] => (holds ? [] : [words]);
const lines = async function* (text: string): AsyncGenerator<string> {
  yield* text.split('\n');
};

/** JSON, where it is any: what no JSON can say never comes to these. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const context = { botToken: 'x', teamId: 'T1', botUserId: 'U0BOT', isEnterpriseInstall: false };
const isOurs = (address: unknown): boolean => isSlackAddress(address, 'https://slack.test/api/');
const sealer = createSealer([Buffer.from('0123456789abcdefghijklmnopqrstuv')], (bytes) =>
  Buffer.alloc(bytes, 3),
);
const NOW = Date.UTC(2026, 10, 23, 9);
const install = createInstallState('state-secret-state-secret', NOW, (bytes) => Buffer.alloc(bytes, 5));
const ONE =
  'SLACK_BOT_TOKEN=xoxb-1\nSLACK_APP_TOKEN=xapp-1\nSLACK_SIGNING_SECRET=0123456789abcdef\nPORT=3000\nHOST=::\nDATABASE_URL=data/x.db\nSLACK_API_URL=https://slack.com/api/\nSLASH_COMMAND=/django-or-flask\nLOG_LEVEL=info\nMETRICS_TOKEN=0123456789abcdef\nSUPPORT_URL=https://a.test\nRETENTION_DAYS=30';
const MANY = `SLACK_CLIENT_ID=1.2\nSLACK_CLIENT_SECRET=${SECRET}\nSLACK_STATE_SECRET=${SECRET}\nTOKEN_ENCRYPTION_KEY=${Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64')}\nPUBLIC_URL=https://bot.test\nSLACK_SIGNING_SECRET=${SECRET}`;

/** Whatever is read by anything in `src` that somebody outside can have written. */
export const PARSERS: readonly Parser[] = [
  {
    name: 'the body of a request (http/parse-body.ts)',
    samples: [
      form(command('Data API')),
      payload(press({ actionId: 'decide' })),
      JSON.stringify(mention()),
      '{"type":"url_verification","challenge":"c"}',
      'ssl_check=1',
    ],
    run: (text) => {
      const raw = Buffer.from(text, 'latin1');
      return [FORM, 'application/json', 'text/plain', `${FORM}; charset=utf-8`].flatMap((type) => {
        isSslCheck(type, raw);
        const found = parseBody(type, raw);
        if (found === null) return [];
        return [
          ...unless(typeof found.body === 'object' && !Array.isArray(found.body), 'no object'),
          ...unless(Object.getPrototypeOf(found.body) === Object.prototype, 'another prototype'),
          ...unless(
            found.challenge === undefined || typeof found.challenge === 'string',
            'a challenge that is no text',
          ),
        ];
      });
    },
  },
  {
    name: 'what a payload is (interactions/payload.ts, well-formed.ts)',
    samples: [submit(), press({ actionId: 'decide' }), mention(), command('x')].map((body) =>
      JSON.stringify(body),
    ),
    run: (text) => {
      const body = parsed(text);
      const { kind, id, inputBlocks, replyAddresses } = payloadOf(body);
      replyAddresses.every(isOurs);
      return [
        ...unless(typeof kind === 'string' && typeof id === 'string', 'a kind or id that is no text'),
        ...unless(inputBlocks.every(isString), 'a block that is no text'),
      ];
    },
  },
  {
    name: 'metadata of dialogs and buttons (blocks/metadata.ts)',
    samples: [
      '{"decision":"abc"}',
      '{"decision":"abc","choice":"django"}',
      '{"page":"all","thread":{"channel":"C1","ts":"1.2","replyUrl":null},"supersedes":"abc"}',
      '{"offset":5,"words":["a"]}',
    ],
    run: (text) => {
      const [decision, vote, intake, page] = [
        decodeDecisionView(text),
        decodeVoteView(text),
        decodeIntake(text),
        decodeHistoryPage(text),
      ];
      return [
        ...unless(decision === null || /^[\w-]{1,64}$/.test(decision), 'a decision of any form'),
        ...unless(vote === null || /^[\w-]{1,64}$/.test(vote.decision), 'a vote of any form'),
        ...unless(intake === null || ['first', 'all'].includes(intake.page), 'a page that is none'),
        ...unless(page === null || (page.offset >= 0 && page.words.length <= 20), 'a page of any length'),
      ];
    },
  },
  {
    name: 'dialogs that come back (ask/dialog.ts, blocks/questions.ts, decide/dialog.ts)',
    samples: [
      JSON.stringify(submit().view),
      '{"outcome":{"choice":{"selected_option":{"value":"django"}}},"rationale":{"text":{"value":"x"}},"revisit":{"date":{"selected_date":"2027-01-01"}}}',
    ],
    run: (text) => {
      const view = parsed(text);
      const intake = parseIntakeDialog(rubric, view);
      readSelectedAnswers(rubric, view);
      const decided = parseDecideDialog(view);
      return [
        ...unless(
          intake === null || toOneLine(intake.draft.project) === intake.draft.project,
          'a name of several lines',
        ),
        ...unless(decided === null || !decided.rationale.includes('\0'), 'a rationale with zeros'),
      ];
    },
  },
  {
    name: 'words after the command (ask/command.ts)',
    samples: ['help', 'history a b c', 'new history', 'Data API &lt;x&gt; &amp;amp;'],
    run: (text) => {
      const words = parseCommand(text);
      const all = words.kind === 'new' ? [words.project] : words.kind === 'history' ? words.words : [];
      return [
        ...unless(
          all.every((word) => toOneLine(word) === word),
          'more than a line',
        ),
        ...unless(words.kind !== 'history' || words.words.length <= 10, 'too many words'),
      ];
    },
  },
  {
    name: 'a question, and what is asked about (question/mention.ts, advice/search)',
    samples: [
      '<@U0BOT> what about <https://a.test|security> in <#C1|general>?',
      'Django or Flask',
      'is it <b>fast</b> &amp; safe?',
      'async websockets admin panel',
    ],
    run: (text) => {
      const question = extractQuestion(text);
      parseMention(mention(text), context);
      const { kind } = answerQuestion(rubric, question);
      return [
        ...unless(isString(kind), 'no answer'),
        ...unless(!/[\n\0]/.test(question), 'more than a line'),
      ];
    },
  },
  {
    name: 'a mention (question/mention.ts)',
    samples: [JSON.stringify(mention())],
    run: (text) => {
      const found = parseMention(parsed(text), context);
      return unless(found === null || typeof found.question === 'string', 'a question that is no text');
    },
  },
  {
    name: 'answers, as `npm run advise` reads them (advice/answers.ts)',
    samples: ['{"stage":"mvp","admin":"yes","size":"unsure"}', '{"stage":7}', '[]'],
    run: (text) => {
      const found = parseAnswers(rubric, parsed(text));
      if (!found.ok)
        return unless(
          found.problems.length > 0 && found.problems.every((one) => isString(one) && one.length < 500),
          'a problem without words',
        );
      const known = new Set(rubric.questions.map(({ id }) => id));
      return unless(
        Object.keys(found.answers).every((trait) => known.has(trait)),
        'a trait that is none',
      );
    },
  },
  {
    name: 'inputs of the workflow step (workflow/step.ts)',
    samples: [
      '{"project":"Data API","channel":"C1","asker":"U1","stage":"mvp"}',
      '{"project":{"toString":1},"channel":"C1"}',
    ],
    run: (text) => {
      const step = parseStepInputs(rubric, parsed(text));
      return step.ok
        ? unless(
            toOneLine(step.inputs.project) !== '' && /^[CGD]/.test(step.inputs.channel),
            'a step without name or channel',
          )
        : unless(isString(step.problem), 'a problem without words');
    },
  },
  {
    name: 'the environment (config.ts, seal.ts, environment.ts)',
    samples: [ONE, MANY],
    run: (text) => {
      const env = Object.fromEntries(
        text.split('\n').map((line) => {
          const [name = '', ...value] = line.split('=');
          return [name, value.join('=')];
        }),
      );
      const loaded = loadConfig(env);
      parseDatabase(env.DATABASE_URL ?? '');
      if (loaded.ok) return [];
      return [
        ...unless(loaded.problems.length > 0 && loaded.problems.every(isString), 'a problem without words'),
        ...unless(!loaded.problems.join().includes('zqsecret'), 'repeats a secret'),
      ];
    },
  },
  {
    name: 'keys (slack/seal.ts)',
    samples: [
      Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64'),
      `${Buffer.from(SECRET).toString('base64')},x`,
    ],
    run: (text) => {
      const keys = parseKeys(text);
      return keys.ok
        ? unless(
            keys.keys.every(({ length }) => length === 32),
            'a key of another length',
          )
        : unless(isString(keys.problem), 'a problem without words');
    },
  },
  {
    name: 'sealed tokens (slack/seal.ts)',
    samples: [sealer.seal('xoxb-token', 'T1')],
    run: (text) => {
      try {
        return unless(sealer.open(text, 'T1').text === 'xoxb-token', 'opens to something else');
      } catch (error) {
        return unless(
          error instanceof SealError && (text.length < 40 || !error.message.includes(text.slice(8))),
          'no word on what is wrong',
        );
      }
    },
  },
  {
    name: 'what a browser comes back with (http/install-state.ts)',
    samples: [install.state],
    run: (text) => {
      const problem = findStateProblem('state-secret-state-secret', NOW, {
        state: text,
        cookie: install.cookie,
      });
      return unless(problem !== null || text === install.state, 'a forged state is believed');
    },
  },
  {
    name: 'an export (store/transfer/format.ts)',
    samples: await exports(),
    run: async (text) => {
      try {
        const reading = await readExport(lines(text));
        for await (const { table, row } of reading.items)
          if (!isString(table) || typeof row !== 'object') return ['a row that is none'];
        return unless(isString(reading.summary().sha256), 'no checksum');
      } catch (error) {
        return unless(error instanceof StoreError, `thrown: ${String(error)}`);
      }
    },
  },
  {
    name: 'the rubric (advice/rubric/read-yaml.ts)',
    samples: [
      'cases:\n  - id: a\n    title: "A"\n    traits: {size: large}\n',
      'a: &x [1, 2]\nb: *x\n',
      'a: {<<: {b: 1}}\n',
    ],
    run: (text) => {
      writeFileSync(join(yamlFolder(), 'any.yml'), text);
      const problems: string[] = [];
      const schema = z.looseObject({ cases: z.array(z.looseObject({ id: z.string() })).max(100) });
      const found = readYaml(pathToFileURL(`${yamlFolder()}/`), 'any.yml', schema, problems);
      return unless(
        (found === null) === problems.length > 0 && problems.every(isString),
        'no word on what is wrong',
      );
    },
  },
  {
    name: 'a manifest (manifest/rules.ts)',
    samples: [
      '{"display_information":{"name":"x"},"settings":{},"features":{},"oauth_config":{"scopes":{"bot":["commands"]}}}',
    ],
    run: (text) => unless(findManifestProblems(parsed(text)).every(isString), 'a problem without words'),
  },
  {
    name: 'an address for private words (slack/addresses.ts)',
    samples: ['https://hooks.slack.test/commands/T1/1/x', 'https://hooks.slack.com/x'],
    run: (text) => {
      const host = URL.parse(text)?.hostname ?? '';
      return unless(!isOurs(text) || /(^|\.)slack\.(test|com)$/.test(host), `posts to ${host}`);
    },
  },
  {
    name: 'Slack’s word for what went wrong (slack/failures.ts, blocks/message.ts)',
    samples: ['channel_not_found', 'constructor', '__proto__'],
    run: (code) =>
      unless(
        [
          cardFailureSentence(code, '@bot'),
          dialogFailureSentence(code, 'again'),
          replyFailureSentence({ kind: 'refused', code }, '@bot'),
          describeStuckCode(code),
        ].every(isString),
        'no sentence',
      ),
  },
  {
    name: 'a time zone (decision/days.ts)',
    samples: ['Europe/Berlin', 'UTC'],
    run: (text) => {
      parseTimeZone(text);
      return [];
    },
  },
  {
    name: 'what is logged (logging.ts)',
    samples: [
      'token xoxb-1-secretsecret and https://hooks.slack.com/commands/T1/2/zqsecret',
      'v0='.padEnd(67, 'a'),
    ],
    run: (text) => unless(!/xoxb-1-secretsecret\b/.test(scrub(text)), 'a token is left'),
  },
];

async function exports(): Promise<string[]> {
  const items = (async function* () {
    yield { table: 'departures', row: { tenant: 'T1', left_at: 1, erase_at: 2 } };
    yield { table: 'homes', row: { tenant: 'T1', person: 'U1' } };
  })();
  const all: string[] = [];
  for await (const line of writeExport({ schema: 11, tenant: null }, items)) all.push(line);
  return [all.join('\n')];
}

let folder: string | null = null;
function yamlFolder(): string {
  if (folder !== null) return folder;
  const made = mkdtempSync(join(tmpdir(), 'django-or-flask-yaml-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  folder = made;
  return made;
}

const PIECES: readonly string[] = [
  '\0',
  '\ud800',
  '🍰',
  '\u202e',
  '\n',
  '\r\n',
  '"',
  "'",
  '\\',
  '{',
  '}',
  '[',
  ']',
  '<',
  '>',
  '&',
  '=',
  '%',
  '%E0%A4',
  '%00',
  '+',
  ',',
  ':',
  '#',
  '-',
  '---',
  '*a',
  '&a',
  '!!js/function',
  '<<',
  '__proto__',
  'constructor',
  'toString',
  '{"__proto__":{"polluted":true}}',
  'null',
  'true',
  '1e999',
  '-1',
  '0',
  'NaN',
  '\u001b[31m',
  '$(x)',
  '../',
  '\\u0000',
  '\\ud800',
];

/** A text with one to four changes. */
export function spoiled(random: Random, sample: string): string {
  let text = sample;
  for (let left = 1 + random.below(4); left > 0; left--) {
    const [from, to] = [random.below(text.length + 1), random.below(text.length + 1)].sort((a, b) => a - b);
    const [start, end] = [from ?? 0, to ?? 0];
    const piece = random.pick(PIECES);
    switch (random.below(8)) {
      case 0:
        text = text.slice(0, start) + text.slice(Math.min(end, start + 20));
        break;
      case 1:
        text = text.slice(0, start);
        break;
      case 2:
        text =
          text.slice(0, start) +
          piece.repeat(random.pick([2, 100, 20_000])).slice(0, 50_000) +
          text.slice(start);
        break;
      case 3:
        text = text.slice(0, end) + text.slice(start, Math.min(end, start + 200)) + text.slice(end);
        break;
      case 4:
        text = text.slice(0, start) + String.fromCharCode(random.below(0x1_0000)) + text.slice(start + 1);
        break;
      case 5:
        text = piece;
        break;
      default:
        text = text.slice(0, start) + piece + text.slice(start);
    }
  }
  return text;
}
