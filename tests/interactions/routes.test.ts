import { expect, it } from 'vitest';
import { Routes } from '../../src/interactions/routes.ts';

const listener = async (): Promise<void> => {};

it('one id has one listener', () => {
  const on = new Routes();
  on.action('vote_django', listener);
  expect(() => on.action('vote_django', listener)).toThrow('two listeners for action vote_django');
  // A dialog may be called like a button.
  on.view('vote_django', listener);
});

it('finds a listener by what it is for and its id, and nothing by anything else', () => {
  const on = new Routes();
  on.command('/django-or-flask', listener);
  expect(on.find({ kind: 'command', id: '/django-or-flask' })).toBeDefined();
  expect(on.find({ kind: 'action', id: '/django-or-flask' })).toBeUndefined();
  for (const id of ['', '__proto__', 'constructor', '/django-or-flask ']) {
    expect(on.find({ kind: 'command', id })).toBeUndefined();
  }
});
