import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** The YAML files of the folder as JSON, each with the SHA-256 of the text that it was made from. */
const PARSED = 'parsed.json';

const parsedFiles = z.record(z.string(), z.object({ sha256: z.string(), value: z.unknown() }));
export type ParsedFiles = z.infer<typeof parsedFiles>;

/** What `npm run rubric` made of the folder; nothing where it never did, or what there is cannot be read. */
export function readParsed(folder: URL): ParsedFiles {
  try {
    return parsedFiles.parse(JSON.parse(readFileSync(new URL(PARSED, folder), 'utf8')));
  } catch {
    return {};
  }
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
