import { type ComponentChild, Fragment, h, type VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import { type Json, list, object, text } from './api.ts';
import type { BlockContext } from './block-context.ts';
import { useConfirm } from './confirm.ts';
import { choose } from './doing.ts';
import { el } from './element.ts';
import { Field } from './fields.ts';
import { closeMenuOf } from './keys.ts';
import { isSafe } from './link.ts';
import { picture } from './picture.ts';
import { asJson, plain } from './words.ts';

export interface ControlProps {
  readonly block: Json;
  readonly element: Json;
  readonly context: BlockContext;
}

/** What can be pressed or chosen outside of inputs. */
export function control(block: Json, element: Json, context: BlockContext): ComponentChild {
  const props = { block, element, context, key: text(element.action_id) };
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
      return picture(element, 'small');
    default:
      return h(Field, props);
  }
}

const lookOf = (element: Json): string =>
  element.style === 'primary' ? 'button.primary' : element.style === 'danger' ? 'button.danger' : 'button';

const spoken = (element: Json): Record<string, string> =>
  text(element.accessibility_label) ? { 'aria-label': text(element.accessibility_label) } : {};

function Button({ block, element, context }: ControlProps): VNode | null {
  const [ask, question] = useConfirm(element, context.names);
  const press = (): void => void choose(context, text(block.block_id), text(element.action_id));
  const url = text(element.url);
  const label = plain(element.text) || text(element.type);
  if (element.type === 'icon_button') {
    const only = element.visible_to_user_ids;
    if (Array.isArray(only) && !only.includes(context.snapshot.person)) return null;
    const shown = [el('span', { 'aria-hidden': 'true' }, '🗑 '), label];
    const attributes = { type: 'button', ...spoken(element), onClick: () => ask(press) };
    return h(Fragment, {}, el('button.icon', attributes, ...shown), question);
  }
  if (!isSafe(url)) {
    const attributes = { type: 'button', ...spoken(element), onClick: () => ask(press) };
    return h(Fragment, {}, el(lookOf(element), attributes, label), question);
  }
  // Slack opens the address and tells the app as well.
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
  const attributes = { href: url, target: '_blank', rel: 'noreferrer', ...spoken(element), onClick };
  return h(Fragment, {}, el(look, attributes, label), question);
}

function Overflow({ block, element, context }: ControlProps): VNode {
  const [ask, question] = useConfirm(element, context.names);
  const item = (option: Json): VNode => {
    const press = (): void =>
      void choose(context, text(block.block_id), text(element.action_id), text(option.value));
    const onClick = (event: Event): void => {
      closeMenuOf(event);
      ask(press);
    };
    const description = plain(option.description);
    const label = [plain(option.text), description ? el('small', {}, ` ${description}`) : null];
    const url = text(option.url);
    return isSafe(url)
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
      el('div', {}, ...list(element.options).map(item)),
    ),
    question,
  );
}

function Feedback({ block, element, context }: ControlProps): VNode {
  const [given, setGiven] = useState<string | null>(null);
  const one = (button: Json, sign: string): VNode => {
    const value = text(button.value);
    const press = (): void => {
      setGiven(value);
      void choose(context, text(block.block_id), text(element.action_id), value);
    };
    return el(
      'button',
      { type: 'button', 'aria-pressed': given === value, ...spoken(button), onClick: press },
      el('span', { 'aria-hidden': 'true' }, `${sign} `),
      plain(button.text),
    );
  };
  return el(
    'span.feedback',
    { role: 'group', 'aria-label': 'Feedback' },
    one(object(element.positive_button), '👍'),
    one(object(element.negative_button), '👎'),
  );
}

/** Slack starts a workflow and tells the app nothing; here there are none. */
function WorkflowButton({ element }: ControlProps): VNode {
  const [pressed, setPressed] = useState(false);
  const id = useId();
  const { url } = object(object(element.workflow).trigger);
  return el(
    'span',
    {},
    el(
      lookOf(element),
      { type: 'button', ...spoken(element), 'aria-describedby': id, onClick: () => setPressed(true) },
      plain(element.text),
    ),
    el(
      'span.hint',
      { id, role: 'status' },
      pressed ? ` Slack would start the workflow at ${text(url)} now. The playground has no workflows.` : '',
    ),
  );
}

/** What nobody draws here, as what it holds. */
export const raw = (value: Json): VNode =>
  el('details', {}, el('summary', {}, text(value.type) || 'Unknown'), el('pre', {}, asJson(value)));
