import type { Flip, FoundedAdvice } from '../../advice/advice.ts';
import type { Disagreement } from '../../advice/consensus.ts';
import { CHOICES } from '../../decision/ballot.ts';
import type { AdrInput, RecordLink } from './input.ts';
import { fileLink, heading, join, link, list, type Markdown, md, visibleLine } from './markdown-text.ts';
import { nameOf } from './sections.ts';
import { conditionOf, count, enumeration, optionName, traitName, VERDICT_NAMES } from './wording.ts';

const MOST_FLIPS = 8;

/** Everything that MADR keeps under "More Information"; what there is nothing to say about is left out. */
export function moreOf(input: AdrInput): Markdown[] {
  return [
    ...linksOf(input),
    ...section('Votes and dissent', votesOf(input)),
    ...section('When to revisit', conditionsOf(input)),
    ...section('Similar projects', [...casesOf(input.advice), ...practiceOf(input.advice)]),
    ...section('Where time has overtaken the article', notesOf(input.advice)),
    ...section('Sources', sourcesOf(input)),
  ];
}

function section(title: string, content: readonly Markdown[]): Markdown[] {
  return content.length === 0 ? [] : [heading(3, title), ...content];
}

function linksOf({ permalink, supersededBy, supersedes }: AdrInput): Markdown[] {
  return [
    ...(permalink === null
      ? []
      : [md`The discussion is in Slack: ${link('the card and its thread', permalink)}.`]),
    ...(supersededBy ? [md`Superseded by ${recordLink(supersededBy)}.`] : []),
    ...(supersedes ? [md`Supersedes ${recordLink(supersedes)}.`] : []),
  ];
}

/** By file, since records lie side by side in a repository; and the card. */
function recordLink({ number, fileName, permalink }: RecordLink): Markdown {
  const file = fileLink(`ADR-${fourDigits(number)}`, fileName);
  return permalink === null ? file : md`${file} (${link('its card in Slack', permalink)})`;
}

export function fourDigits(number: number): string {
  return String(number).padStart(4, '0');
}

function votesOf(input: AdrInput): Markdown[] {
  const { outcome, votes } = input;
  const told = (vote: (typeof votes)[number]): Markdown => {
    const name = nameOf(input, vote.person);
    const before = vote.beforeEdit ? ', before the answers were edited' : '';
    const said = `${name}, for ${VERDICT_NAMES[vote.choice]}${before}`;
    return visibleLine(vote.reason ?? '') === '' ? md`${said}` : md`${said}: “${vote.reason ?? ''}”`;
  };
  const agreeing = votes.filter((vote) => vote.choice === outcome);
  const dissenting = votes.filter((vote) => vote.choice !== outcome);
  const group = (title: string, some: typeof votes): Markdown[] =>
    some.length === 0 ? [] : [md`${title}`, ...list(some.map(told))];
  return [
    ...(votes.length === 0 ? [md`Nobody voted.`] : []),
    ...group(`${count(agreeing.length, 'vote', 'votes')} for the decision:`, agreeing),
    ...group(`${count(dissenting.length, 'vote', 'votes')} for something else:`, dissenting),
    ...(input.disagreements.length === 0
      ? []
      : [
          md`Where answers differed and it mattered:`,
          ...list(input.disagreements.map((d) => disputeOf(input, d))),
        ]),
  ];
}

function disputeOf(input: AdrInput, { disputes, settlements }: Disagreement): Markdown {
  const { basis } = input.advice;
  const said = disputes.map(({ trait, said: sides }) => {
    const each = sides.map(({ option, people }) => {
      const who = enumeration(people.map((person) => nameOf(input, person)));
      return `“${optionName(basis, trait, option)}” (${who})`;
    });
    return `${traitName(basis, trait)}: ${each.join(', ')}`;
  });
  const ways = settlements.map(({ answers, verdict }) => {
    const settled = answers
      .map(({ trait, option }) => `“${optionName(basis, trait, option)}”`)
      .join(' with ');
    return `${settled} leads to: ${VERDICT_NAMES[verdict]}`;
  });
  return md`${said.join('; ')}. ${ways.join('; ')}.`;
}

function conditionsOf({ advice, outcome, revisit }: AdrInput): Markdown[] {
  const { basis, verdict } = advice;
  const day = revisit === null ? [] : [md`On ${revisit}, or earlier when a condition below comes true.`];
  const flips = tellingFlips(advice);
  const told = (some: readonly Flip[]): Markdown[] =>
    list(some.map((flip) => md`${conditionOf(basis, flip)}: ${VERDICT_NAMES[flip.verdict]}`));
  if (verdict === outcome) {
    return flips.length === 0
      ? [...day, md`No one or two changed answers would change the advice that was followed.`]
      : [...day, md`The advice that was followed would change when one of these comes true:`, ...told(flips)];
  }
  // Here a change toward the decision is no reason to doubt it: it is what the decision counts on.
  const toward = flips.filter((flip) => flip.verdict === outcome);
  const away = flips.filter((flip) => flip.verdict !== outcome);
  return [
    ...day,
    toward.length === 0
      ? md`No one or two changed answers would bring the advice round to this decision.`
      : md`The advice would come round to this decision when one of these comes true. If none has by then, the decision still rests on its own reasons:`,
    ...told(toward),
    ...(away.length === 0 ? [] : [md`It would point elsewhere when one of these comes true:`, ...told(away)]),
  ];
}

/** Clear ones where there are any, one for each set of traits. */
function tellingFlips({ flips, clearFlips }: FoundedAdvice): Flip[] {
  const clear = [...flips, ...clearFlips].filter((flip) => flip.verdict !== 'undecided');
  const seen = new Set<string>();
  return (clear.length > 0 ? clear : flips)
    .filter(({ changes, verdict }) => {
      const key = [verdict, ...changes.map((c) => `${c.trait} ${c.to}`)].join();
      return !seen.has(key) && seen.add(key);
    })
    .slice(0, MOST_FLIPS);
}

/** The article's own cases that are like this project, whichever way they went. */
function casesOf({ basis, caseStudy, counterCase }: FoundedAdvice): Markdown[] {
  const told = [caseStudy, counterCase].flatMap((match) => {
    const found = basis.cases.find(({ id }) => id === match?.id);
    if (!match || !found || match.matches.length === 0) return [];
    const common = match.matches.map((trait) => traitName(basis, trait)).join(', ');
    return [md`${found.title}: ${found.story} ${found.lesson} In common: ${common}.`];
  });
  return told.length === 0 ? [] : [md`From the article:`, ...list(told)];
}

function practiceOf({ basis, practice }: FoundedAdvice): Markdown[] {
  if (!practice) return [];
  const { chose, disagrees, lowered, nearest } = practice;
  const counts = CHOICES.filter((choice) => chose[choice] > 0).map(
    (choice) => `${chose[choice]} chose ${VERDICT_NAMES[choice]}`,
  );
  const weaker = lowered ? ', which is given with less confidence for it' : '';
  const differs = disagrees ? [`That differs from the advice${weaker}.`] : [];
  const lines = [
    `Of the ${nearest.length} most similar documented projects, ${enumeration(counts)}.`,
    ...differs,
    'What a team chose is not what was right for it.',
  ];
  return [
    md`${lines.join(' ')}`,
    ...list(
      nearest.map((project) => {
        const shared = project.shared.map((trait) => traitName(basis, trait)).join(', ');
        const about = shared === '' ? project.about : `${project.about} In common: ${shared}.`;
        return md`${link(project.name, project.url)} (${VERDICT_NAMES[project.chose]}, ${project.year}): ${about}`;
      }),
    ),
  ];
}

function notesOf({ notes }: FoundedAdvice): Markdown[] {
  return list(
    notes.map(({ asOf, sources, text }) => {
      const links = join(
        sources.map(({ title, url }) => link(title, url)),
        '; ',
      );
      return md`As of ${asOf}: ${text}${sources.length > 0 ? md` (${links})` : md``}`;
    }),
  );
}

function sourcesOf({ advice, article }: AdrInput): Markdown[] {
  const claims = advice.basis.claims.map(({ id, section: place, since, text }) => {
    const later = since.map((note) => `As of ${note.asOf}: ${note.text}`);
    return md`${id}, ${place}: ${[text, ...later].join(' ')}`;
  });
  return [
    md`The advice follows ${link(article.title, article.url)} by ${article.publisher} (${article.published}), point by point, and uses no language model. Rubric version ${advice.rubricVersion}. What the article says, in other words:`,
    ...list(claims),
  ];
}
