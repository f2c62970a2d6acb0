/** Rules for the manifest section `functions`: the workflow steps that an app offers. */
import { z } from 'zod';
import { nonEmptyText, uniqueList } from './manifest-values.ts';
import { PARAMETER_TYPES } from './slack-names.ts';

const parameter = z
  .strictObject({
    type: z.enum(PARAMETER_TYPES),
    title: z.string().optional(),
    description: z.string().optional(),
    hint: z.string().optional(),
    enum: uniqueList(z.string()).optional(),
    choices: z
      .array(
        z.strictObject({ value: z.string(), title: z.string().min(1), description: z.string().optional() }),
      )
      .optional(),
  })
  .superRefine((given, context) => {
    for (const [i, { value }] of (given.choices ?? []).entries()) {
      if (given.enum?.includes(value)) continue;
      context.addIssue({ code: 'custom', path: ['choices', i, 'value'], message: 'is not in "enum"' });
    }
    for (const [i, value] of (given.enum ?? []).entries()) {
      if (!given.choices || given.choices.some((choice) => choice.value === value)) continue;
      context.addIssue({ code: 'custom', path: ['enum', i], message: 'has no label among "choices"' });
    }
  });

const mostEntries = (longest: number) => (entries: object) => Object.keys(entries).length <= longest;

const parameters = z
  .strictObject({
    properties: z.record(z.string(), parameter).refine(mostEntries(50), 'must not hold more than 50'),
    required: uniqueList(z.string()).optional(),
  })
  .superRefine(({ properties, required = [] }, context) => {
    for (const [i, name] of required.entries()) {
      if (Object.hasOwn(properties, name)) continue;
      context.addIssue({ code: 'custom', path: ['required', i], message: 'is not among the properties' });
    }
  });

const step = z.strictObject({
  title: nonEmptyText(255),
  description: z.string(),
  input_parameters: parameters,
  output_parameters: parameters,
});

export const manifestFunctions = z
  .record(
    z
      .string()
      .max(100)
      .regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/, 'must be in snake_case'),
    step,
  )
  .refine(mostEntries(50), 'must not hold more than 50');
