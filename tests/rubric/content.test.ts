import { describe, expect, it } from 'vitest';
import { loadRubric } from '../../src/rubric/rubric.ts';
import type { Condition } from '../../src/rubric/schema.ts';

const rubric = loadRubric();
const options = rubric.questions.flatMap((q) => q.options.map((o) => ({ ...o, trait: q.id })));

/** Ids and points are fixed: dialogs, stored answers and the calibration know them. */
const QUESTIONNAIRE = {
  stage: { mvp: 3, product: 2, enterprise: 2, tool: 0 },
  audience: { general: 0, mixed: -1, technical: -2 },
  size: { simple: -2, small_complete: 1, grow: 2, large: 3 },
  shape: { one_product: 2, single_service: -2, integration: -2, many_services: -3, core_plus_services: 0 },
  interface: { pages: 2, rich_client: 1, thin: -1, api_only: -2 },
  admin: { yes: 3, maybe: 2, end_user: 1, no: -1 },
  unknowns: { business: 2, both: 1, technical: -2, settled: 0 },
  tech: { standard: 1, custom: -1, frontier: -3 },
  security: { high: 2, normal: 1, low: 0 },
  team: { changing: 2, stable: 0, experts: -1 },
  priority: { delivery: 1, upkeep: 1, freedom: -2, speed: -1 },
};

describe('the questionnaire', () => {
  it('has these questions, options and points, in this order', () => {
    const held = rubric.questions.map((q) => [
      q.id,
      Object.fromEntries(q.options.map((o) => [o.id, o.points])),
    ]);
    expect(held).toEqual(Object.entries(QUESTIONNAIRE));
    expect(rubric.intercept.points).toBe(1);
  });

  it.each(options.map((o) => [`${o.trait}: ${o.id}`, o] as const))(
    '%s has a reason or says that there is no rule',
    (_, o) => {
      if (o.no_rule) expect([o.points, o.reason, o.claims]).toEqual([0, undefined, []]);
      else expect(o.reason?.length ?? 0).toBeGreaterThan(20);
    },
  );

  it.each(options.filter((o) => o.points !== 0).map((o) => [`${o.trait}: ${o.id}`, o] as const))(
    '%s points where its claims point',
    (_, o) => {
      const directions = o.claims.map((id) => rubric.claims.get(id)?.direction);
      expect(directions).toContain(o.points > 0 ? 'django' : 'flask');
    },
  );

  it('has answers that differ in their words', () => {
    for (const { id, options: all } of rubric.questions) {
      expect(new Set(all.map((o) => o.label)).size, id).toBe(all.length);
      expect(new Set(all.map((o) => o.short)).size, id).toBe(all.length);
    }
  });
});

describe('the claims', () => {
  it('are all 76', () => {
    const ids = Array.from({ length: 76 }, (_, i) => `C${String(i + 1).padStart(2, '0')}`);
    expect([...rubric.claims.keys()].sort()).toEqual(ids);
  });

  const reachable = new Set([
    ...rubric.intercept.claims,
    ...options.flatMap((o) => o.claims),
    ...rubric.cases.flatMap((c) => c.claims),
    ...rubric.notes.flatMap((n) => n.claims),
  ]);
  const framing = rubric.framing.map((f) => f.claim);

  it('can each be reached from an option, a case, a note, or the list of framing claims', () => {
    const lost = [...rubric.claims.keys()].filter((id) => !reachable.has(id) && !framing.includes(id));
    expect(lost).toEqual([]);
  });

  it('are framing only where nothing else leads to them', () => {
    expect(framing.filter((id) => reachable.has(id))).toEqual([]);
  });
});

describe('sources and notes', () => {
  it('every source has an address and is used', () => {
    const used = new Set(rubric.notes.flatMap((n) => n.sources));
    for (const source of rubric.sources.values()) {
      for (const url of source.urls) expect(URL.parse(url)?.protocol).toMatch(/^https?:$/);
      if (source.id !== 'S10') expect(used, source.id).toContain(source.id);
    }
  });

  it('every note has a source, but those that say that none was found', () => {
    const without = rubric.notes.filter((n) => n.sources.length === 0);
    expect(without.map((n) => n.status)).toEqual(without.map(() => 'unverifiable'));
  });

  it('every claim that time has overtaken says so', () => {
    // Marked as outdated, reversed or weakened when the article was checked against 2026.
    const overtaken = [
      'C01',
      'C14',
      'C19',
      'C21',
      'C22',
      'C25',
      'C33',
      'C37',
      'C44',
      'C45',
      'C46',
      'C47',
      'C48',
      'C49',
      'C53',
      'C56',
      'C62',
      'C63',
      'C64',
      'C66',
      'C75',
      'C76',
    ];
    const noted = new Set(rubric.notes.flatMap((n) => n.claims));
    expect(overtaken.filter((id) => !noted.has(id))).toEqual([]);
  });

  it('the most notes that answers can touch stay readable', () => {
    const busiest = {
      stage: 'mvp',
      audience: 'technical',
      shape: 'single_service',
      interface: 'api_only',
      admin: 'maybe',
      unknowns: 'technical',
      tech: 'frontier',
      security: 'high',
      team: 'changing',
      priority: 'speed',
      size: 'large',
    };
    const touched = rubric.notes.filter((n) => n.when.some((c) => holds(c, busiest)));
    expect(touched.length).toBeLessThanOrEqual(9);
  });
});

describe('arguments', () => {
  it('are the four closing lists, whole', () => {
    const count = (framework: string, kind: string) =>
      rubric.arguments.filter((a) => a.framework === framework && a.kind === kind).length;
    expect([count('django', 'advantage'), count('django', 'disadvantage')]).toEqual([8, 5]);
    expect([count('flask', 'advantage'), count('flask', 'disadvantage')]).toEqual([8, 5]);
  });

  it('are touched by every answer that has points', () => {
    const matters = rubric.arguments.flatMap((a) => a.matters);
    const untouched = options.filter(
      (o) => o.points !== 0 && !matters.some((c) => c[o.trait]?.includes(o.id)),
    );
    expect(untouched.map((o) => `${o.trait}: ${o.id}`)).toEqual([]);
  });
});

it('has the article’s four cases', () => {
  expect(rubric.cases.map((c) => [c.id, c.supports])).toEqual([
    ['meet_mba', 'django'],
    ['late_admin', 'django'],
    ['coras', 'flask'],
    ['enterprise_mix', 'both'],
  ]);
});

it('holds no characters that Slack would take for markup', () => {
  const texts = [
    ...rubric.questions.flatMap((q) => [
      q.text,
      q.short,
      ...q.options.flatMap((o) => [o.label, o.short, o.reason ?? '']),
    ]),
    ...[...rubric.claims.values()].map((c) => c.text),
    ...rubric.notes.map((n) => n.text),
    ...rubric.cases.flatMap((c) => [c.title, c.story, c.lesson]),
    ...rubric.arguments.flatMap((a) => [a.title, a.text]),
    ...rubric.rules.flatMap((r) => [
      r.reason,
      ...(r.boundary ? [...r.boundary.django, ...r.boundary.flask].map((l) => l.text) : []),
    ]),
    ...rubric.adjustments.map((a) => a.reason),
    rubric.article.title,
  ];
  expect(texts.filter((text) => /[*_~`<>&]/.test(text))).toEqual([]);
});

function holds(condition: Condition, answers: Record<string, string>): boolean {
  return Object.entries(condition).every(([trait, wanted]) => wanted.includes(answers[trait] ?? ''));
}
