import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { METHOD_NAMES } from '../packages/local-slack/server/web-api/index.ts';
import { loadConfig } from '../src/runtime/config.ts';
import { DEFAULT_DATABASE } from '../src/runtime/environment.ts';
import { Metrics } from '../src/runtime/metrics.ts';
import { temporaryFolder } from './support/folder.ts';
import { readExpression, seriesIn } from './support/promql.ts';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const main = read('src/start.ts');
const seconds = (constant: string): number =>
  Number(new RegExp(`${constant}_WITHIN_MS = (\\d+)_000`).exec(main)?.[1]);
const STOP_WITHIN_S = seconds('NOTICED') + seconds('STOP');
/** Every variable that the program knows, as its own documentation lists them. */
const KNOWN = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name ?? '');

describe('.env.example', () => {
  it('lists every variable that the README explains, and no other', () => {
    const explained = [...read('README.md').matchAll(/^\| ((?:`[A-Z_]+`(?:, )?)+) +\|/gm)].flatMap(
      ([, names]) => [...(names ?? '').matchAll(/[A-Z_]+/g)].map(([name]) => name),
    );
    expect([...KNOWN].sort()).toEqual([...new Set(explained)].sort());
  });

  it('is of variables that the program reads', () => {
    const config = read('src/runtime/config.ts');
    for (const name of KNOWN) expect(config, name).toContain(name);
  });
});

describe('the container', () => {
  const dockerfile = read('deploy/Dockerfile');

  it('starts the program itself, as nobody in particular, with the Node that it needs', () => {
    const { devDependencies } = JSON.parse(read('package.json'));
    expect(dockerfile).toContain(`\nFROM node:${devDependencies.node}-slim\n`);
    expect(dockerfile).toContain('CMD ["node", "--max-semi-space-size=8", "src/main.ts"]');
    expect(existsSync(new URL('../src/main.ts', import.meta.url))).toBe(true);
    expect(dockerfile).toMatch(/^USER node$/m);
    // Nothing that anybody could read out of the image: neither secrets nor .env nor the repository.
    expect(dockerfile).not.toMatch(/^(ARG|ENV) .*(TOKEN|SECRET|PASSWORD|KEY)/m);
    expect(dockerfile).toMatch(/--omit=dev --ignore-scripts/);
  });

  it('has everything that the program reads, and asks it on its own port', () => {
    // Migrations, rubric and styles are files beside the sources.
    expect(dockerfile).toMatch(/^COPY src \.\/src$/m);
    expect(read('.dockerignore').split('\n')).toEqual(
      expect.arrayContaining(['*', '!package.json', '!package-lock.json', '!src']),
    );
    expect(dockerfile).toContain("'/healthz'");
    expect(dockerfile).toMatch(/^EXPOSE 3000$/m);
    const env = Object.fromEntries([...dockerfile.matchAll(/([A-Z_]+)=(\S+)/g)].map(([, k, v]) => [k, v]));
    expect(env).toMatchObject({ PORT: '3000', DATABASE_URL: '/data/django-or-flask.db' });
  });
});

describe('compose', () => {
  const compose = parse(read('deploy/compose.yml'), { merge: true });
  const { bot1, bot2, caddy, postgres } = compose.services;

  it('gives both instances what a bot of many workspaces needs, and nothing that it does not know', () => {
    expect(bot1).toEqual(bot2);
    for (const name of Object.keys(bot1.environment)) expect(KNOWN).toContain(name);
    const filled = Object.fromEntries(
      Object.entries<string>(bot1.environment).map(([name, value]) => [
        name,
        value
          .replace(/\$\{TOKEN_ENCRYPTION_KEY.*\}/, 'Wm9uUGJkR3ZsR0xCQ0pWY3JxZkxzV2R3b1VtRXlYa2k=')
          .replace(/\$\{PUBLIC_HOST[^}]*\}/, 'bot.example.org')
          .replace(/\$\{[A-Z_]+:-\}/, '')
          .replace(/\$\{[^}]*\}/, 'x'.repeat(20)),
      ]),
    );
    const loaded = loadConfig(filled);
    expect(loaded).toMatchObject({
      ok: true,
      config: { workspaces: { kind: 'many' }, transport: { port: 3000 } },
    });
  });

  it('passes on every setting that .env may have for it', () => {
    // Of one workspace, or said by the file itself.
    const others = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_API_URL', 'HOST', 'PORT'];
    expect(Object.keys(bot1.environment).sort()).toEqual(
      KNOWN.filter((name) => !others.includes(name)).sort(),
    );
  });

  it('waits for the database that stays, not for the one that only prepares it', () => {
    expect(postgres.healthcheck.test.join(' ')).toContain('pg_isready -h 127.0.0.1');
    expect(bot1.depends_on.postgres.condition).toBe('service_healthy');
  });

  it('lets them end in good order, and keeps their root read-only', () => {
    expect(Number.parseInt(bot1.stop_grace_period, 10)).toBeGreaterThan(STOP_WITHIN_S);
    expect(bot1).toMatchObject({ read_only: true, build: { dockerfile: 'deploy/Dockerfile' } });
  });

  it('limits their memory to what docs/sizing.md says', () => {
    expect(bot1.mem_limit).toBe('512m');
    expect(read('docs/sizing.md')).toContain('limit it to 512 MB');
  });

  it('has no password of its own, gives the bots no rights, and shows the world nothing but Caddy', () => {
    expect(bot1).toMatchObject({ cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    for (const secret of [bot1.environment.DATABASE_URL, postgres.environment.POSTGRES_PASSWORD])
      expect(secret).toContain('${POSTGRES_PASSWORD:?');
    const open = Object.entries<{ ports?: string[] }>(compose.services).filter(([, { ports }]) => ports);
    expect(open.map(([name]) => name)).toEqual(['caddy']);
    // Neither metrics nor health go through it.
    expect(read('deploy/Caddyfile')).toMatch(
      /@inside path \/metrics \/healthz \/readyz\n\trespond @inside 404/,
    );
  });

  it('leads to the instances and the database by their names', () => {
    const caddyfile = read('deploy/Caddyfile');
    expect(caddyfile).toContain('reverse_proxy bot1:3000 bot2:3000');
    // All that both instances need would be missing at both.
    expect(caddyfile).toMatch(/^\s*health_uri \/readyz\?only=process$/m);
    const asked = Number(/health_interval (\d+)s/.exec(caddyfile)?.[1]);
    expect(seconds('NOTICED')).toBeGreaterThan(asked);
    expect(caddy.volumes).toContain('./Caddyfile:/etc/caddy/Caddyfile:ro');
    const { POSTGRES_USER, POSTGRES_DB } = postgres.environment;
    expect(bot1.environment.DATABASE_URL).toMatch(
      new RegExp(`^postgres://${POSTGRES_USER}:.*@postgres/${POSTGRES_DB}$`),
    );
  });
});

describe('the systemd unit', () => {
  const unit = read('deploy/django-or-flask.service');
  const value = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1] ?? '';

  it('starts the program itself, with its data where it may write, whatever .env leaves empty', () => {
    expect(value('ExecStart')).toBe('/usr/bin/node --max-semi-space-size=8 /opt/django-or-flask/src/main.ts');
    expect(value('WorkingDirectory')).toBe(`/var/lib/${value('StateDirectory')}`);
    expect(isAbsolute(DEFAULT_DATABASE)).toBe(false);
    expect(unit).toContain('ProtectSystem=strict');
    // What the file of EnvironmentFile has comes before what the unit sets, empty lines too.
    const set = [...unit.matchAll(/^Environment=(\w+)=/gm)].map(([, name]) => name);
    for (const name of KNOWN) expect(set).not.toContain(name);
  });

  it('takes from it what it does not need', () => {
    const set = (names: string): string[] => names.split(' ').map(value);
    expect(set('ProtectSystem ProtectProc CapabilityBoundingSet UMask')).toEqual([
      'strict',
      'invisible',
      '',
      '0077',
    ]);
    const yes =
      'DynamicUser NoNewPrivileges PrivateDevices PrivateTmp ProtectHome ProtectClock ProtectHostname ProtectKernelLogs ' +
      'ProtectKernelModules ProtectKernelTunables ProtectControlGroups RestrictNamespaces RestrictRealtime ' +
      'RestrictSUIDSGID LockPersonality';
    expect(new Set(set(yes))).toEqual(new Set(['yes']));
    expect(unit).toMatch(/^CapabilityBoundingSet=$/m);
    // Secrets come from a file that root alone reads, not from the unit, which everybody may.
    expect(unit).not.toMatch(/^Environment=.*(TOKEN|SECRET|KEY)/m);
  });

  it('limits its memory as compose does', () => {
    expect([value('MemoryHigh'), value('MemoryMax')]).toEqual(['448M', '512M']);
  });

  it('lets it end in good order', () => {
    expect(Number(value('TimeoutStopSec'))).toBeGreaterThan(STOP_WITHIN_S);
  });
});

const runbook = read('docs/runbook.md');

describe('the runbook', () => {
  it('names commands and metrics that there are', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const commands = [...runbook.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name ?? '');
    expect(commands.length).toBeGreaterThanOrEqual(5);
    const files = [...runbook.matchAll(/src\/cli\/[\w-]+\.ts/g)].map(([path]) => path);
    expect(files.length).toBeGreaterThanOrEqual(2);
    for (const path of files) expect(existsSync(new URL(`../${path}`, import.meta.url)), path).toBe(true);
    for (const name of commands) expect(Object.keys(scripts)).toContain(name);
    const metrics = read('src/runtime/metrics.ts');
    const named = [...runbook.matchAll(/\bbot_\w+/g)].map(([name]) =>
      name.replace(/_(bucket|count|sum)$/, ''),
    );
    expect(named.length).toBeGreaterThan(4);
    for (const name of named) expect(metrics).toContain(`'${name}'`);
  });
});

describe('the alerts', () => {
  const rule = z.strictObject({
    alert: z.string().regex(/^Bot[A-Z]\w+$/),
    expr: z.string(),
    for: z
      .string()
      .regex(/^\d+m$/)
      .optional(),
    labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
    annotations: z.strictObject({ summary: z.string() }),
  });
  const group = z.strictObject({ name: z.string(), rules: z.array(rule) });
  const rules = z
    .strictObject({ groups: z.array(group) })
    .parse(parse(read('deploy/alerts.yml')))
    .groups.flatMap((each) => each.rules);

  /** What Prometheus has of a bot in which everything has been counted once, and of any target. */
  async function everySeries() {
    const metrics = new Metrics({
      refreshBacklog: async () => 0,
      pendingPosts: async () => 0,
      checks: async () => ({ store: true, slack: true }),
      pool: () => null,
    });
    metrics.acknowledged('command', 0.1);
    for (const method of METHOD_NAMES) metrics.slackCall(method, null);
    return new Map([
      ...seriesIn(await metrics.text()),
      ...seriesIn('up{job="django-or-flask",instance="bot1:3000"} 1'),
    ]);
  }

  it.each(rules)('$alert is about what there is', async ({ expr, annotations }) => {
    const series = await everySeries();
    const { metrics, left } = readExpression(expr);
    expect(metrics.length).toBeGreaterThan(0);
    const labels = new Set(['instance']);
    for (const { name, matchers } of metrics) {
      const known = series.get(name);
      expect(known, name).toBeDefined();
      for (const label of known?.keys() ?? []) labels.add(label);
      for (const { label, operator, value } of matchers) {
        expect([...(known?.keys() ?? [])], name).toContain(label);
        if (operator === '=') expect([...(known?.get(label) ?? [])], label).toContain(value);
      }
    }
    for (const label of left ?? []) expect([...labels]).toContain(label);
    for (const [, label = ''] of annotations.summary.matchAll(/\$labels\.(\w+)/g)) {
      expect(left ?? [...labels]).toContain(label);
    }
  });

  const promtool = spawnSync('promtool', ['--version']).status === 0;

  it('are valid, and the first refused token fires, according to promtool', (context) => {
    if (!promtool) context.skip('promtool is not installed (Debian: prometheus)');
    const file = fileURLToPath(new URL('../deploy/alerts.yml', import.meta.url));
    const folder = temporaryFolder();
    const name = 'BotTokenIsRefused';
    const fired = {
      exp_labels: { severity: 'warning', code: 'token_revoked' },
      exp_annotations: { summary: "Slack does not accept the bot's token: token_revoked" },
    };
    const tests = {
      rule_files: [file],
      evaluation_interval: '1m',
      tests: [
        {
          interval: '1m',
          input_series: [
            { series: 'bot_token_errors_total{instance="a",code="token_revoked"}', values: '0x5 1x30' },
            { series: 'bot_token_errors_total{instance="a",code="token_expired"}', values: '0x35' },
            { series: 'bot_ready{instance="a",check="slack"}', values: '1x5 0x30' },
          ],
          alert_rule_test: [
            { eval_time: '5m', alertname: name, exp_alerts: [] },
            { eval_time: '6m', alertname: name, exp_alerts: [fired] },
            { eval_time: '15m', alertname: name, exp_alerts: [fired] },
            { eval_time: '30m', alertname: name, exp_alerts: [] },
            { eval_time: '6m', alertname: 'BotIsNotReady', exp_alerts: [] },
            {
              eval_time: '9m',
              alertname: 'BotIsNotReady',
              exp_alerts: [
                {
                  exp_labels: { severity: 'critical', instance: 'a', check: 'slack' },
                  exp_annotations: { summary: 'a cannot reach what it needs: slack' },
                },
              ],
            },
          ],
        },
      ],
    };
    writeFileSync(join(folder, 'tests.yml'), stringify(tests));
    for (const args of [
      ['check', 'rules', file],
      ['test', 'rules', join(folder, 'tests.yml')],
    ]) {
      const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' });
      expect(status, `${stdout}${stderr}`).toBe(0);
    }
  });

  it('stand in the runbook, each with what to do, and no others', () => {
    const rows = [...runbook.matchAll(/^\| `(Bot\w+)` \| .+ \| .+ \|$/gm)];
    expect(rows.map(([, name]) => name)).toEqual(rules.map(({ alert }) => alert));
  });
});
