import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

type Path = readonly PropertyKey[];

/** One YAML file, parsed against its schema, that still knows on which line everything stands. */
export interface YamlFile<T> {
  readonly value: T;
  /** `claims.yml:12 claims.3.id: …` */
  at(path: Path, problem: string): string;
}

/** Reads and parses one file. Problems with syntax or shape are added to `problems`; then the result is null. */
export function readYaml<T>(
  folder: URL,
  name: string,
  schema: z.ZodType<T>,
  problems: string[],
): YamlFile<T> | null {
  const lines = new LineCounter();
  let text: string;
  try {
    text = readFileSync(new URL(name, folder), 'utf8');
  } catch {
    problems.push(`${name}: cannot be read`);
    return null;
  }
  const document = parseDocument(text, { lineCounter: lines });
  for (const error of document.errors) {
    problems.push(`${name}:${lines.linePos(error.pos[0]).line} ${error.message.split('\n')[0]}`);
  }
  if (document.errors.length > 0) return null;

  const at = (path: Path, problem: string): string =>
    `${name}:${lineOf(path)} ${path.map(String).join('.')}: ${problem}`;
  /** The line of the node at this path, or of the nearest one around it. */
  const lineOf = (path: Path): number => {
    for (let depth = path.length; depth >= 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const parsed = schema.safeParse(document.toJS());
  if (!parsed.success) {
    problems.push(...parsed.error.issues.map((issue) => at(issue.path, issue.message)));
    return null;
  }
  return { value: parsed.data, at };
}
