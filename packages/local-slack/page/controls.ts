import { type ComponentChild, Fragment, h, type VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import { asObject, asObjects, asText, type Json } from './api.ts';
import type { BlockContext } from './block-context.ts';
import { useConfirm } from './confirm.ts';
import { el } from './element.ts';
import { Field } from './fields.ts';
import { closeMenuOf } from './keys.ts';
import { isSafeUrl } from './link.ts';
import { renderPicture } from './picture.ts';
import { sendChoice } from './requests.ts';
import { formatJson, plainText } from './text-object.ts';

export interface ControlProps {
  readonly block: Json;
  readonly element: Json;
  readonly context: BlockContext;
}

/** Renders a block element outside an input block. */
export function renderControl(block: Json, element: Json, context: BlockContext): ComponentChild {
  const props = { block, element, context, key: asText(element.action_id) };
  switch (element.type) {
    case 'button':
    case 'icon_button':
      return h(Button, props);
    case 'overflow':
      return h(Overflow, props);
    case 'feedback_buttons':
      return h(Feedback, props);
    case 'workflow_button':
      return h(WorkflowButton, props);
    case 'image':
      return renderPicture(element, 'small');
    default:
      return h(Field, props);
  }
}

const lookOf = (element: Json): string =>
  element.style === 'primary' ? 'button.primary' : element.style === 'danger' ? 'button.danger' : 'button';

const accessibilityLabel = (element: Json): Record<string, string> =>
  asText(element.accessibility_label) ? { 'aria-label': asText(element.accessibility_label) } : {};

function Button({ block, element, context }: ControlProps): VNode | null {
  const [ask, question] = useConfirm(element, context.names);
  const press = (): void => void sendChoice(context, asText(block.block_id), asText(element.action_id));
  const url = asText(element.url);
  const label = plainText(element.text) || asText(element.type);
  if (element.type === 'icon_button') {
    const only = element.visible_to_user_ids;
    if (Array.isArray(only) && !only.includes(context.snapshot.person)) return null;
    const shown = [el('span', { 'aria-hidden': 'true' }, '🗑 '), label];
    const attributes = { type: 'button', ...accessibilityLabel(element), onClick: () => ask(press) };
    return h(Fragment, {}, el('button.icon', attributes, ...shown), question);
  }
  if (!isSafeUrl(url)) {
    const attributes = { type: 'button', ...accessibilityLabel(element), onClick: () => ask(press) };
    return h(Fragment, {}, el(lookOf(element), attributes, label), question);
  }
  // Slack opens the URL and also sends the click to the app.
  const onClick = (event: Event): void => {
    if (element.confirm === undefined) {
      press();
      return;
    }
    event.preventDefault();
    ask(() => {
      press();
      window.open(url, '_blank', 'noreferrer');
    });
  };
  const look = lookOf(element).replace(/^button/, 'a.button');
  const attributes = {
    href: url,
    target: '_blank',
    rel: 'noreferrer',
    ...accessibilityLabel(element),
    onClick,
  };
  return h(Fragment, {}, el(look, attributes, label), question);
}

function Overflow({ block, element, context }: ControlProps): VNode {
  const [ask, question] = useConfirm(element, context.names);
  const item = (option: Json): VNode => {
    const press = (): void =>
      void sendChoice(context, asText(block.block_id), asText(element.action_id), asText(option.value));
    const onClick = (event: Event): void => {
      closeMenuOf(event);
      ask(press);
    };
    const description = plainText(option.description);
    const label = [plainText(option.text), description ? el('small', {}, ` ${description}`) : null];
    const url = asText(option.url);
    return isSafeUrl(url)
      ? el('a', { href: url, target: '_blank', rel: 'noreferrer', onClick }, ...label)
      : el('button', { type: 'button', onClick }, ...label);
  };
  return h(
    Fragment,
    {},
    el(
      'details.menu',
      {},
      el('summary', { 'aria-label': 'More actions', title: 'More actions' }, '•••'),
      el('div', {}, ...asObjects(element.options).map(item)),
    ),
    question,
  );
}

function Feedback({ block, element, context }: ControlProps): VNode {
  const [given, setGiven] = useState<string | null>(null);
  const one = (button: Json, sign: string): VNode => {
    const value = asText(button.value);
    const press = (): void => {
      setGiven(value);
      void sendChoice(context, asText(block.block_id), asText(element.action_id), value);
    };
    return el(
      'button',
      { type: 'button', 'aria-pressed': given === value, ...accessibilityLabel(button), onClick: press },
      el('span', { 'aria-hidden': 'true' }, `${sign} `),
      plainText(button.text),
    );
  };
  return el(
    'span.feedback',
    { role: 'group', 'aria-label': 'Feedback' },
    one(asObject(element.positive_button), '👍'),
    one(asObject(element.negative_button), '👎'),
  );
}

/** A workflow button. Slack starts a workflow and sends the app nothing. The playground has no workflows. */
function WorkflowButton({ element }: ControlProps): VNode {
  const [pressed, setPressed] = useState(false);
  const id = useId();
  const { url } = asObject(asObject(element.workflow).trigger);
  return el(
    'span',
    {},
    el(
      lookOf(element),
      {
        type: 'button',
        ...accessibilityLabel(element),
        'aria-describedby': id,
        onClick: () => setPressed(true),
      },
      plainText(element.text),
    ),
    el(
      'span.hint',
      { id, role: 'status' },
      pressed
        ? ` Slack would now start the workflow at ${asText(url)}. The playground has no workflows.`
        : '',
    ),
  );
}

/** Renders an unsupported block or element as JSON. */
export const renderRaw = (value: Json): VNode =>
  el('details', {}, el('summary', {}, asText(value.type) || 'Unknown'), el('pre', {}, formatJson(value)));
