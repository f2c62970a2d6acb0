import { expect, it } from 'vitest';
import { payloadOf } from '../../src/interactions/payload.ts';

it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
  'a payload of the type %s is of no kind that there is',
  (type) => {
    expect(payloadOf({ type, actions: [] })).toMatchObject({ kind: 'other', id: type });
  },
);
