/** Reads the YAML files and says whether they are right. Loaded only where that is not known: see `checked.ts`. */
import { type CheckedFiles, RUBRIC_FILES } from './checked.ts';
import { crossCheck, type MaybeFiles, type RubricFiles } from './cross-check.ts';
import * as schemas from './files.ts';
import { readYaml } from './read-yaml.ts';

/**
 * Reads and validates every file, then checks the references between the files.
 *
 * @public to `rubric.ts`, which loads it by name
 */
export function checkFiles(folder: URL): CheckedFiles {
  const problems: string[] = [];
  const files = {
    questions: readYaml(folder, RUBRIC_FILES.questions, schemas.questionsFile, problems),
    rules: readYaml(folder, RUBRIC_FILES.rules, schemas.rulesFile, problems),
    claims: readYaml(folder, RUBRIC_FILES.claims, schemas.claimsFile, problems),
    sources: readYaml(folder, RUBRIC_FILES.sources, schemas.sourcesFile, problems),
    notes: readYaml(folder, RUBRIC_FILES.notes, schemas.notesFile, problems),
    cases: readYaml(folder, RUBRIC_FILES.cases, schemas.casesFile, problems),
    projects: readYaml(folder, RUBRIC_FILES.projects, schemas.projectsFile, problems),
    arguments: readYaml(folder, RUBRIC_FILES.arguments, schemas.argumentsFile, problems),
    synonyms: readYaml(folder, RUBRIC_FILES.synonyms, schemas.synonymsFile, problems),
  };
  problems.push(...crossCheck(files));
  if (problems.length > 0 || !allRead(files)) return { problems };
  const values = {
    questions: files.questions.value,
    rules: files.rules.value,
    claims: files.claims.value,
    sources: files.sources.value,
    notes: files.notes.value,
    cases: files.cases.value,
    projects: files.projects.value,
    arguments: files.arguments.value,
    synonyms: files.synonyms.value,
  };
  return { problems: [], values };
}

function allRead(files: MaybeFiles): files is RubricFiles {
  return Object.values(files).every((file) => file !== null);
}
