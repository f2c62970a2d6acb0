/** Value types that several sections of a manifest share. */
import { z } from 'zod';

export const nonEmptyText = (longest: number) => z.string().min(1).max(longest);

export const httpsUrl = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((value) => URL.parse(value)?.protocol === 'https:', 'must be an https address');

/** Accepts a list without duplicates. */
export const uniqueList = (item: z.ZodType<string>, longest = Number.POSITIVE_INFINITY) =>
  z
    .array(item)
    .max(longest)
    .superRefine((items, context) => {
      const twice = items.findIndex((value, i) => items.indexOf(value) !== i);
      if (twice !== -1) context.addIssue({ code: 'custom', path: [twice], message: 'is there twice' });
    });
