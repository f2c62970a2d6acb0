import { type Question, UNSURE } from '../advice/rubric/schema.ts';
import { STEP } from '../blocks/ids.ts';

/** An input or output of the step. */
interface Parameter {
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  /** Labels of the values in `enum`. */
  readonly choices?: readonly { readonly value: string; readonly title: string }[];
}

interface Parameters {
  readonly properties: Readonly<Record<string, Parameter>>;
  readonly required: readonly string[];
}

interface Step {
  readonly title: string;
  readonly description: string;
  readonly input_parameters: Parameters;
  readonly output_parameters: Parameters;
}

/** Returns the step for Workflow Builder. Its inputs are answers, its outputs the advice. */
export const buildWorkflowStep = (questions: readonly Question[]): Step => ({
  title: 'Recommend Django or Flask',
  description: 'Posts a card with advice on a project. The channel votes and decides.',
  input_parameters: {
    properties: {
      [STEP.inputs.project]: {
        type: 'string',
        title: 'Project',
        description: 'The project’s name, at most 80 characters.',
      },
      [STEP.inputs.channel]: {
        type: 'slack#/types/channel_id',
        title: 'Channel',
        description: 'Gets the card. Invite the bot to a private channel first.',
      },
      [STEP.inputs.asker]: {
        type: 'slack#/types/user_id',
        title: 'Asked by',
        description: 'Can edit, decide and delete. Empty means every member can.',
      },
      ...Object.fromEntries(questions.map((question) => [question.id, answerTo(question)])),
    },
    required: [STEP.inputs.project, STEP.inputs.channel],
  },
  output_parameters: {
    properties: {
      [STEP.outputs.verdict]: {
        type: 'string',
        title: 'Verdict',
        description: 'django, flask, both or undecided',
      },
      [STEP.outputs.strength]: {
        type: 'string',
        title: 'Strength',
        description: 'solid, leaning or toss-up',
      },
      [STEP.outputs.permalink]: {
        type: 'string',
        title: 'Link to the card',
        description: 'The card’s address in Slack',
      },
      [STEP.outputs.summary]: {
        type: 'string',
        title: 'Summary',
        description: 'The advice and its main reasons, in a few sentences',
      },
    },
    required: Object.values(STEP.outputs),
  },
});

/** Returns the optional input for a question. An empty input counts as "Not sure", which is also an option. */
function answerTo({ text, options }: Question): Parameter {
  const choices = [
    ...options.map(({ id, label }) => ({ value: id, title: label })),
    { value: UNSURE, title: 'Not sure' },
  ];
  return { type: 'string', title: text, enum: choices.map(({ value }) => value), choices };
}
