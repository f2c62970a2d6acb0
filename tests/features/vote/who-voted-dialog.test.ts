import { describe, expect, it } from 'vitest';
import { checkView } from '../../../packages/local-slack/rules/limits.ts';
import type { Vote } from '../../../src/decision/ballot.ts';
import { whoVotedModal } from '../../../src/features/vote/who-voted-dialog.ts';
import { decisionWith, discussionOf } from '../../support/decision.ts';

const AT = Date.UTC(2026, 10, 23, 9);

describe('“Who voted”', () => {
  it('names as many of hundreds of voters as fit', () => {
    const votes = Array.from({ length: 400 }, (_, i): Vote => {
      return { person: `U${1000 + i}`, choice: 'flask', reason: '&'.repeat(300), round: 1, at: AT + i };
    });
    const decision = decisionWith({}, { status: 'decided' });
    const view = whoVotedModal(discussionOf(decision, { votes }));
    expect(checkView(view)).toEqual([]);
    expect(JSON.stringify(view)).toContain('and 100 more');
  });
});
