import type { z } from 'zod';
import type { YamlFile } from './read-yaml.ts';
import {
  type argumentsFile,
  type Condition,
  type casesFile,
  type claimsFile,
  type notesFile,
  type questionsFile,
  type rulesFile,
  type sourcesFile,
  UNSURE,
} from './schema.ts';

/** Every file of the rubric, each right in itself. */
export interface RubricFiles {
  readonly questions: YamlFile<z.infer<typeof questionsFile>>;
  readonly rules: YamlFile<z.infer<typeof rulesFile>>;
  readonly claims: YamlFile<z.infer<typeof claimsFile>>;
  readonly sources: YamlFile<z.infer<typeof sourcesFile>>;
  readonly notes: YamlFile<z.infer<typeof notesFile>>;
  readonly cases: YamlFile<z.infer<typeof casesFile>>;
  readonly arguments: YamlFile<z.infer<typeof argumentsFile>>;
}

type Path = readonly PropertyKey[];
type File = Pick<YamlFile<unknown>, 'at'>;

/** Everything that the files say about one another and that is not so: each with file and line. */
export function crossCheck(files: RubricFiles): string[] {
  const { questions, rules, claims, sources, notes, cases, arguments: args } = files;
  const problems: string[] = [];
  const report = (file: File, path: Path, problem: string): void =>
    void problems.push(file.at(path, problem));

  const claimIds = new Set(claims.value.claims.map((c) => c.id));
  const sourceIds = new Set(sources.value.sources.map((s) => s.id));
  const options = new Map(questions.value.questions.map((q) => [q.id, new Set(q.options.map((o) => o.id))]));

  const unique = (file: File, path: Path, items: readonly { readonly id: string }[]): void => {
    const seen = new Set<string>();
    for (const [i, { id }] of items.entries()) {
      if (seen.has(id)) report(file, [...path, i, 'id'], `${id} is there twice`);
      seen.add(id);
    }
  };
  const claimsExist = (file: File, path: Path, ids: readonly string[]): void => {
    for (const [i, id] of ids.entries()) {
      if (!claimIds.has(id)) report(file, [...path, i], `there is no claim ${id}`);
    }
  };
  const conditionExists = (file: File, path: Path, condition: Condition | undefined): void => {
    for (const [trait, wanted] of Object.entries(condition ?? {})) {
      const known = options.get(trait);
      if (!known) {
        report(file, [...path, trait], `there is no question ${trait}`);
        continue;
      }
      for (const [i, id] of wanted.entries()) {
        if (!known.has(id)) report(file, [...path, trait, i], `question ${trait} has no option ${id}`);
      }
    }
  };

  unique(questions, ['questions'], questions.value.questions);
  claimsExist(questions, ['intercept', 'claims'], questions.value.intercept.claims);
  for (const [i, question] of questions.value.questions.entries()) {
    unique(questions, ['questions', i, 'options'], question.options);
    for (const [j, option] of question.options.entries()) {
      const path = ['questions', i, 'options', j];
      if (option.id === UNSURE)
        report(questions, [...path, 'id'], `${UNSURE} is an answer to every question already`);
      claimsExist(questions, [...path, 'claims'], option.claims);
    }
  }

  unique(rules, ['adjustments'], rules.value.adjustments);
  for (const [i, adjustment] of rules.value.adjustments.entries()) {
    const path = ['adjustments', i];
    conditionExists(rules, [...path, 'when'], adjustment.when);
    conditionExists(rules, [...path, 'unless'], adjustment.unless);
    claimsExist(rules, [...path, 'claims'], adjustment.claims);
    if (!adjustment.when[adjustment.trait])
      report(rules, [...path, 'trait'], 'must be one of the traits under when');
  }
  unique(rules, ['rules'], rules.value.rules);
  for (const [i, rule] of rules.value.rules.entries()) {
    const path = ['rules', i];
    for (const [j, condition] of rule.when.entries()) conditionExists(rules, [...path, 'when', j], condition);
    claimsExist(rules, [...path, 'claims'], rule.claims);
    if ((rule.verdict === 'both') !== Boolean(rule.boundary)) {
      report(rules, [...path, 'boundary'], 'belongs to the verdict both, and that needs one');
    }
    for (const side of ['django', 'flask'] as const) {
      for (const [j, line] of (rule.boundary?.[side] ?? []).entries()) {
        conditionExists(rules, [...path, 'boundary', side, j, 'when'], line.when);
      }
    }
  }

  unique(claims, ['claims'], claims.value.claims);
  claimsExist(
    claims,
    ['framing'],
    claims.value.framing.map((f) => f.claim),
  );
  unique(sources, ['sources'], sources.value.sources);

  unique(notes, ['notes'], notes.value.notes);
  for (const [i, note] of notes.value.notes.entries()) {
    claimsExist(notes, ['notes', i, 'claims'], note.claims);
    for (const [j, id] of note.sources.entries()) {
      if (!sourceIds.has(id)) report(notes, ['notes', i, 'sources', j], `there is no source ${id}`);
    }
    for (const [j, condition] of note.when.entries())
      conditionExists(notes, ['notes', i, 'when', j], condition);
  }

  unique(cases, ['cases'], cases.value.cases);
  for (const [i, study] of cases.value.cases.entries()) {
    conditionExists(cases, ['cases', i, 'traits'], study.traits);
    claimsExist(cases, ['cases', i, 'claims'], study.claims);
  }

  unique(args, ['arguments'], args.value.arguments);
  for (const [i, argument] of args.value.arguments.entries()) {
    claimsExist(args, ['arguments', i, 'claims'], argument.claims);
    for (const [j, condition] of argument.matters.entries()) {
      conditionExists(args, ['arguments', i, 'matters', j], condition);
    }
  }
  return problems;
}
