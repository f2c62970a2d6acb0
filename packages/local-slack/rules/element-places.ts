/** Element types that each kind of block accepts: https://docs.slack.dev/reference/block-kit/blocks */

const SELECTS = ['static', 'external', 'users', 'conversations', 'channels'].flatMap((kind) => [
  `${kind}_select`,
  `multi_${kind}_select`,
]);
const PICKERS = [...SELECTS, 'checkboxes', 'datepicker', 'radio_buttons', 'timepicker'];

export const ACCESSORIES = [...PICKERS, 'button', 'image', 'overflow', 'workflow_button'];
export const ACTIONS = [
  ...PICKERS,
  'button',
  'datetimepicker',
  'overflow',
  'rich_text_input',
  'workflow_button',
];
export const INPUTS = [
  ...PICKERS,
  'datetimepicker',
  'email_text_input',
  'file_input',
  'number_input',
  'plain_text_input',
  'rich_text_input',
  'url_text_input',
];
