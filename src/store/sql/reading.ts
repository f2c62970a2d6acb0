// Readers of rows, columns and JSON. Create each once, at the top of a module: creating a schema takes ten times as
// long as parsing a row with it.
import { z } from 'zod';
import type { Row } from './work.ts';

/** Returns a function that parses a row. It throws if the row doesn't fit the schema. */
export function rowReader<T>(schema: z.ZodType<T>): (row: Row) => T {
  return (row) => schema.parse(row);
}

/** Returns a function that parses one column of a row. It throws if the value doesn't fit the schema. */
export function columnReader<T>(name: string, schema: z.ZodType<T>): (row: Row) => T {
  return (row) => schema.parse(row[name]);
}

/** Schema of an SQL condition: PostgreSQL returns a boolean, SQLite 0 or 1. */
export const sqlBoolean = z.union([z.boolean(), z.number()]).transform(Boolean);

/** Returns a function that parses a column's JSON text. */
export function jsonReader<T>(schema: z.ZodType<T>): (text: string) => T {
  return (text) => schema.parse(JSON.parse(text));
}

/** Parses stored answers: option ids by question id. */
export const parseAnswers = jsonReader(z.record(z.string(), z.string()));
