import { describe, expect, it } from 'vitest';
import { ACCESSORIES, INPUTS } from '../../rules/element-places.ts';
import { BLOCKS, checkBlocks, checkView, ELEMENTS, type Problem, VIEWS } from '../../rules/limits.ts';
import type { Definition, Rule } from '../../rules/rule.ts';
import { input, type Json, section } from './samples.ts';

describe('every length in the table', () => {
  interface Limit {
    readonly name: string;
    readonly problemsFor: (length: number) => Problem[];
    readonly pointer: string;
    readonly min: number;
    readonly max: number;
  }

  /** The smallest value that a rule takes, or one of a wanted length. */
  function sample(rule: Rule, length = 'min' in rule ? Math.max(rule.min, 1) : 1): unknown {
    switch (rule.is) {
      case 'string':
        return 'https://a'.slice(0, rule.like === undefined ? 0 : length).padEnd(length, 'a');
      case 'text':
        return { type: rule.kinds[0], text: '😀'.repeat(length) };
      case 'number':
        return length;
      case 'list':
        return Array.from({ length }, () => sample(rule.of));
      case 'object':
        return filled(rule.fields);
      case 'typed':
        return { type: rule.types[0] };
      case 'choice':
        return rule.of[0];
      case 'boolean':
        return true;
    }
  }

  const filled = (fields: Definition['fields']): Json =>
    Object.fromEntries(
      Object.entries(fields)
        .filter(([, rule]) => rule.optional !== true)
        .map(([name, rule]) => [name, sample(rule)]),
    );

  /** Every limited place below a rule, with the value that reaches it. */
  function* limitsOf(
    rule: Rule,
    name: string,
    pointer: string,
    check: (value: unknown) => Problem[],
  ): Generator<Limit> {
    const limited = rule.is === 'string' || rule.is === 'text' || rule.is === 'list' || rule.is === 'number';
    if (limited && Number.isFinite(rule.max) && rule.max < Number.MAX_SAFE_INTEGER) {
      yield {
        name,
        problemsFor: (length) => check(sample(rule, length)),
        pointer: rule.is === 'text' ? `${pointer}/text` : pointer,
        min: rule.min,
        max: rule.max,
      };
    }
    if (rule.is === 'list') {
      yield* limitsOf(rule.of, `${name}[]`, `${pointer}/0`, (value) => check([value]));
    }
    if (rule.is === 'object') {
      for (const [field, inner] of Object.entries(rule.fields)) {
        yield* limitsOf(inner, `${name}.${field}`, `${pointer}/${field}`, (value) =>
          check({ ...filled(rule.fields), [field]: value }),
        );
      }
    }
  }

  const hostOf = (type: string): [Json, string] => {
    if (INPUTS.includes(type)) return [input({}), 'element'];
    if (ACCESSORIES.includes(type)) return [section(), 'accessory'];
    if (type === 'plain_text' || type === 'mrkdwn') return [{ type: 'context' }, 'elements'];
    return [{ type: 'context_actions' }, 'elements'];
  };

  const limits: Limit[] = [];
  for (const [type, entry] of Object.entries(BLOCKS)) {
    const surface = entry.surfaces[0];
    if (surface === undefined) continue;
    const rule: Rule = { is: 'object', fields: entry.fields };
    const check = (value: unknown) => checkBlocks([{ ...Object(value), type }], surface);
    limits.push(...limitsOf(rule, type, '/blocks/0', check));
  }
  for (const [type, entry] of Object.entries(ELEMENTS)) {
    const [host, place] = hostOf(type);
    const rule: Rule = { is: 'object', fields: entry.fields };
    const inList = place === 'elements';
    limits.push(
      ...limitsOf(rule, type, `/blocks/0/${place}${inList ? '/0' : ''}`, (value) => {
        const element = { ...Object(value), type };
        return checkBlocks(
          [{ ...host, [place]: inList ? [element] : element }],
          entry.surfaces[0] ?? 'message',
        );
      }),
    );
  }
  for (const [type, view] of Object.entries(VIEWS)) {
    limits.push(...limitsOf({ is: 'object', fields: view.fields }, type, '/view', checkView));
  }

  /** Only complaints about this very limit: what else the minimal value lacks is not asked here. */
  const complaints = ({ problemsFor, pointer }: Limit, length: number): string[] =>
    problemsFor(length)
      .filter((problem) => problem.pointer === pointer)
      .map(({ message }) => message)
      .filter((message) =>
        /must be (less|more) than|no (more|fewer) than|must be at (least|most)/.test(message),
      )
      .filter((message) => !message.includes('over all blocks'));

  it('is found', () => expect(limits.length).toBeGreaterThan(150));

  it.each(limits.map((limit) => [limit.name, limit] as const))('%s', (_name, limit) => {
    expect(complaints(limit, limit.max)).toEqual([]);
    expect(complaints(limit, limit.max + 1)).toHaveLength(1);
    expect(complaints(limit, limit.min)).toEqual([]);
    if (limit.min === 1) expect(complaints(limit, 0)).toHaveLength(1);
  });
});
