import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../src/features/ask/command.ts';

describe('parseCommand', () => {
  it.each([
    ['', { kind: 'new', project: '' }],
    ['Billing portal', { kind: 'new', project: 'Billing portal' }],
    ['  Billing   portal ', { kind: 'new', project: 'Billing portal' }],
    ['R&amp;D &lt;tools&gt;', { kind: 'new', project: 'R&D <tools>' }],
    ['help', { kind: 'help' }],
    ['HELP', { kind: 'help' }],
    ['helpdesk', { kind: 'new', project: 'helpdesk' }],
    ['new help desk', { kind: 'new', project: 'help desk' }],
    ['new', { kind: 'new', project: '' }],
    ['newsletter', { kind: 'new', project: 'newsletter' }],
    ['history', { kind: 'history', words: [] }],
    ['history billing portal', { kind: 'history', words: ['billing', 'portal'] }],
    ['privacy', { kind: 'privacy' }],
  ])('%j', (text, words) => expect(parseCommand(text)).toEqual(words));
});
