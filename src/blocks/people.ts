import { type Decision, deciderKindOf, ERASED } from '../decision/decision.ts';
import { mention, mentions } from './text.ts';

/** Names who asked, to follow "Asked by". A workflow has no asker if it named none. */
export function formatAsker({ anyoneDecides, asker, step }: Decision): string {
  if (step === null) return mention(asker);
  return anyoneDecides || asker === ERASED ? 'a workflow' : `a workflow for ${mention(asker)}`;
}

type Deciders = Pick<Decision, 'anyoneDecides' | 'asker' | 'deciders'>;

/** Names who decides, to follow "Decides:". */
export function formatDeciders(decision: Deciders): string {
  switch (deciderKindOf(decision)) {
    case 'anyone':
      return 'anyone here';
    case 'deciders':
      return mentions(decision.deciders);
    case 'asker':
      return mention(decision.asker);
    case 'admins':
      return 'a workspace admin';
  }
}

/** Addresses the people who decide at the start of a sentence: "<@U1> and <@U2>" or "Everyone". */
export function addressDeciders(decision: Deciders): string {
  switch (deciderKindOf(decision)) {
    case 'anyone':
      return 'Everyone';
    case 'admins':
      return 'Workspace admins';
    default:
      return formatDeciders(decision);
  }
}
