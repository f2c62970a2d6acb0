import { expect, it } from 'vitest';
import { interactionOf } from '../../src/interactions/interaction.ts';

it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
  'a payload of the type %s is of no kind that there is',
  (type) => {
    expect(interactionOf({ type, actions: [] })).toMatchObject({ kind: 'other', id: type });
  },
);
