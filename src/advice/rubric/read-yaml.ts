import { readFileSync } from 'node:fs';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/** Path of a value in a file: `['claims', 4, 'id']`. */
export type YamlPath = readonly PropertyKey[];

/** A validated YAML file that can report problems with line numbers. */
export interface YamlFile<T> {
  readonly value: T;
  /** Returns a problem with its place: `claims.yml:12 claims[4].id: …` */
  at(path: YamlPath, problem: string): string;
}

/** Reads and validates one file. On a syntax or schema error, appends to `problems` and returns null. */
export function readYaml<T>(
  folder: URL,
  name: string,
  schema: z.ZodType<T>,
  problems: string[],
): YamlFile<T> | null {
  let text: string;
  try {
    text = readFileSync(new URL(name, folder), 'utf8');
  } catch {
    problems.push(`${name}: cannot be read`);
    return null;
  }
  const source = parseSource(text);
  if (source.document.errors.length > 0) {
    problems.push(
      ...source.document.errors.map(
        (error) => `${name}:${source.lines.linePos(error.pos[0]).line} ${error.message}`,
      ),
    );
    return null;
  }
  const at = (path: YamlPath, problem: string): string =>
    `${name}:${lineOf(source, path)} ${spelled(path)}: ${problem}`;
  let value: unknown;
  try {
    value = source.document.toJS();
  } catch (error) {
    // The library reports an alias without an anchor only here.
    problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
  // Each schema is used once per process, so compiling it would take longer than it saves.
  const read = schema.safeParse(value, { jitless: true });
  if (!read.success) {
    problems.push(...read.error.issues.flatMap(placed).map(([path, problem]) => at(path, problem)));
    return null;
  }
  return { value: read.data, at };
}

interface Source {
  readonly document: Document;
  readonly lines: LineCounter;
}

function parseSource(text: string): Source {
  const lines = new LineCounter();
  return { lines, document: parseDocument(text, { lineCounter: lines, prettyErrors: false }) };
}

/** Returns the path and text of a validation issue. For an unknown key, the path of the key, not of its object. */
function placed(issue: z.core.$ZodIssue): [YamlPath, string][] {
  return issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => [[...issue.path, key], 'is not a key that belongs here'])
    : [[issue.path, issue.message]];
}

/** Returns the line of the node at a path, or of its nearest parent. */
function lineOf({ document, lines }: Source, path: YamlPath): number {
  for (let depth = path.length; depth >= 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function spelled(path: YamlPath): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}
