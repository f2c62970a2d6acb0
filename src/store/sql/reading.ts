import { z } from 'zod';
import type { Row } from './work.ts';

/*
 * How rows are read. Each takes its schema once and for all: making one takes ten times as long as reading with it, and
 * is easily done anew for each row.
 */

/** The whole row. */
export function rowReader<T>(schema: z.ZodType<T>): (row: Row) => T {
  return (row) => schema.parse(row);
}

export function columnReader<T>(name: string, schema: z.ZodType<T>): (row: Row) => T {
  return (row) => schema.parse(row[name]);
}

/** A condition: PostgreSQL returns a boolean, SQLite 0 or 1. */
export const flag = z.union([z.boolean(), z.number()]).transform(Boolean);

/** A column's text that is JSON. */
export function jsonReader<T>(schema: z.ZodType<T>): (text: string) => T {
  return (text) => schema.parse(JSON.parse(text));
}

/** What was answered, by question. */
export const parseAnswers = jsonReader(z.record(z.string(), z.string()));
