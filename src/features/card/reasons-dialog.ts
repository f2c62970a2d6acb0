import type { ModalView } from '@slack/types';
import type { Rubric } from '../../advice/rubric/schema.ts';
import { VIEWS } from '../../blocks/ids.ts';
import { isolateText, plain, section } from '../../blocks/text.ts';
import { renderTitledList } from '../../blocks/titled-list.ts';
import { verdictWithStrength } from '../../blocks/wording.ts';
import type { Decision } from '../../decision/decision.ts';
import type { GroupView } from '../../decision/discussion.ts';
import { reasoningPartsOf } from './reasoning-message.ts';

/** The dialog with the reasoning and the text of every claim, for the group's advice if `group` isn't null. */
export function reasonsModal(rubric: Rubric, decision: Decision, group: GroupView | null = null): ModalView {
  const advice = group?.advice ?? decision.round.advice;
  const parts = reasoningPartsOf(rubric, advice, { claims: true });
  return {
    type: 'modal',
    callback_id: VIEWS.reasons,
    title: plain('All reasons'),
    close: plain('Close'),
    blocks: [
      { type: 'header', text: plain(`${isolateText(decision.project)}: ${verdictWithStrength(advice)}`) },
      ...(group === null ? [] : [section(describeGroup(group))]),
      ...parts.map(renderTitledList),
    ],
  };
}

function describeGroup({ people }: GroupView): string {
  return (
    `This is about the answers of ${people} people together: for each question the middle one of theirs, “Not sure” ` +
    'left out. Where two different ones are in the middle, the question counts as open until people settle it.'
  );
}
