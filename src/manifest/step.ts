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
  description: 'Posts a card with the advice for a project, for the channel to vote and decide on.',
  input_parameters: {
    properties: {
      [STEP.inputs.project]: {
        type: 'string',
        title: 'Project',
        description: 'What the project is called; at most 80 characters appear.',
      },
      [STEP.inputs.channel]: {
        type: 'slack#/types/channel_id',
        title: 'Channel',
        description: 'Where the card goes. In a private channel, invite the bot first.',
      },
      [STEP.inputs.asker]: {
        type: 'slack#/types/user_id',
        title: 'Asked by',
        description: 'May edit, decide and delete. Left empty, everybody in the workspace may.',
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
        description: 'The address of the message in Slack',
      },
      [STEP.outputs.summary]: {
        type: 'string',
        title: 'Summary',
        description: 'The advice and what counts most for it, in a few sentences',
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
