// The card's bullets for and against.
import type { AdviceWithBasis, ClaimStatement } from '../../advice/advice.ts';
import { INTERCEPT } from '../../advice/basis.ts';
import { FRAMEWORKS, type Framework } from '../../advice/rubric/schema.ts';
import type { TitledList } from '../../blocks/rich-text.ts';
import { capitalise, FRAMEWORK_NAMES, verdictName } from '../../blocks/wording.ts';

/** Bullets for each framework if neither is ahead. */
const MOST_EACH = 2;

/** Most bullets in a list. */
interface Most {
  readonly pros: number;
  readonly cons: number;
}

/** Returns what speaks for and against the verdict, or for both frameworks if neither is ahead. Leaves out empty lists. */
export function argumentLists(advice: AdviceWithBasis, most: Most): TitledList[] {
  return listsFor(advice, most).filter(({ lines }) => lines.length > 0);
}

function listsFor(advice: AdviceWithBasis, most: Most): TitledList[] {
  const { boundary, strength, verdict } = advice;
  if (verdict === 'both') {
    return [
      ...FRAMEWORKS.map((framework) => ({
        title: `${FRAMEWORK_NAMES[framework]} for`,
        lines: (boundary?.[framework] ?? []).slice(0, most.pros).map((text) => [text]),
      })),
      { title: 'Against', lines: consOf(advice, most.cons).map((text) => [text]) },
    ];
  }
  if (verdict === 'undecided' || strength === 'toss-up') {
    return FRAMEWORKS.map((framework) => ({
      title: `For ${FRAMEWORK_NAMES[framework]}`,
      lines: prosOf(advice, framework, Math.min(MOST_EACH, most.pros)),
    }));
  }
  return [
    { title: `For ${verdictName(verdict)}`, lines: prosOf(advice, verdict, most.pros) },
    { title: `Against ${verdictName(verdict)}`, lines: withoutSubject(verdict, consOf(advice, most.cons)) },
  ];
}

/** Drops the framework's name at the start of a bullet whose title has it: "Grows with you, module by module." */
function withoutSubject(framework: Framework, bullets: readonly string[]): string[][] {
  const subject = new RegExp(`^${FRAMEWORK_NAMES[framework]} (is )?`);
  return bullets.map((bullet) => [capitalise(bullet.replace(subject, ''))]);
}

/**
 * Returns what speaks for a framework, strongest first: the rule that decided, the answers, the arguments that they make
 * relevant. General arguments fill up a toss-up, so that it shows as many for either framework.
 */
function prosOf(advice: AdviceWithBasis, framework: Framework, most: number): string[][] {
  const { basis, counterArgument, pros, strength, verdict } = advice;
  const isVerdict = framework === verdict;
  const isTossUp = strength === 'toss-up' && verdict !== 'undecided';
  const bullets = pickBullets(
    [
      ...(isVerdict ? decidingReason(advice) : []),
      ...(isVerdict && basis.rule ? [{ ...basis.rule, text: basis.rule.reason }] : []),
      ...answersFor(advice, framework),
      ...(isVerdict ? pros : counterArgument ? [counterArgument] : []),
    ],
    most,
    { statements: basis.general?.[framework] ?? [], upTo: isTossUp ? most : 1 },
  );
  return withoutSubject(framework, bullets);
}

function consOf(advice: AdviceWithBasis, most: number): string[] {
  const { cons, counterArgument, verdict } = advice;
  // Against both are its own cost and each framework's, not what speaks for one of them.
  if (verdict === 'both') return pickBullets(cons, most);
  const others = verdict === 'undecided' ? [] : answersFor(advice, otherThan(verdict));
  return pickBullets([...others, ...(counterArgument ? [counterArgument] : []), ...cons], most);
}

/** Returns what the project starts from, if that decided a toss-up. */
function decidingReason({ contributions, existing }: AdviceWithBasis): Statement[] {
  if (existing?.effect !== 'decides') return [];
  const given = contributions.filter(({ option }) => option === existing.rule);
  return given.map(({ reason, bullet, claims }) => ({ text: reason, bullet, claims }));
}

const otherThan = (framework: Framework): Framework => (framework === 'django' ? 'flask' : 'django');

/** Returns the reasons of the answers that speak for a framework, those with the most points first. */
function answersFor({ contributions }: AdviceWithBasis, framework: Framework): Statement[] {
  return contributions
    .filter(({ trait, points }) => trait !== INTERCEPT && (framework === 'django' ? points > 0 : points < 0))
    .map(({ reason, bullet, claims }) => ({ text: reason, bullet, claims }));
}

type Statement = Omit<ClaimStatement, 'claims'> & { readonly claims: readonly string[] };

interface Fallback {
  readonly statements: readonly Statement[];
  /** Number of bullets to fill up to. */
  readonly upTo: number;
}

/** Picks the first statements, without those that repeat a claim of an earlier one, then fills up from the fallback. */
function pickBullets(statements: readonly Statement[], most: number, fallback?: Fallback): string[] {
  const claims = new Set<string>();
  const picked = new Set<string>();
  const pick = (some: readonly Statement[], upTo: number): void => {
    for (const { text, bullet, claims: own } of some) {
      if (picked.size >= upTo) return;
      if (own.some((claim) => claims.has(claim))) continue;
      for (const claim of own) claims.add(claim);
      picked.add(bullet ?? text);
    }
  };
  pick(statements, most);
  if (fallback) pick(fallback.statements, fallback.upTo);
  return [...picked];
}
