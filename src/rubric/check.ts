/** Reads the YAML files and says whether they are right. Loaded only where that is not known: see `checked.ts`. */
import { type CheckedFiles, RUBRIC_FILES } from './checked.ts';
import { crossCheck, type MaybeFiles, type RubricFiles } from './cross-check.ts';
import {
  argumentsFile,
  casesFile,
  claimsFile,
  notesFile,
  projectsFile,
  questionsFile,
  rulesFile,
  sourcesFile,
  synonymsFile,
} from './files.ts';
import { readYaml } from './read-yaml.ts';

/**
 * Each file for itself, and everything they say about one another.
 *
 * @public to `rubric.ts`, which loads it by name
 */
export function checkFiles(folder: URL): CheckedFiles {
  const problems: string[] = [];
  const files = {
    questions: readYaml(folder, RUBRIC_FILES.questions, questionsFile, problems),
    rules: readYaml(folder, RUBRIC_FILES.rules, rulesFile, problems),
    claims: readYaml(folder, RUBRIC_FILES.claims, claimsFile, problems),
    sources: readYaml(folder, RUBRIC_FILES.sources, sourcesFile, problems),
    notes: readYaml(folder, RUBRIC_FILES.notes, notesFile, problems),
    cases: readYaml(folder, RUBRIC_FILES.cases, casesFile, problems),
    projects: readYaml(folder, RUBRIC_FILES.projects, projectsFile, problems),
    arguments: readYaml(folder, RUBRIC_FILES.arguments, argumentsFile, problems),
    synonyms: readYaml(folder, RUBRIC_FILES.synonyms, synonymsFile, problems),
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
