import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { type Json, list, object, type Snapshot, text } from './api.ts';
import { type BlockContext, blocks } from './blocks.ts';
import { el } from './element.ts';

type Entry = string | string[] | null;
export type Entries = Record<string, Record<string, Entry>>;

export interface ModalProps {
  readonly view: Snapshot['views'][number];
  readonly snapshot: Snapshot;
  readonly context: BlockContext;
  /** The person waits for the app. */
  readonly busy: boolean;
  fill(entries: Entries): void;
  submit(entries: Entries): void;
  close(): void;
}

/** A dialog. What is entered goes to the local Slack at once, so that it survives updates and reloads. */
export function Modal({ view, snapshot, context, busy, fill, submit, close }: ModalProps): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (dialog.current && !dialog.current.open) dialog.current.showModal();
  }, [view.id]);
  const form = useRef<HTMLFormElement>(null);
  const entries = (): Entries => (form.current ? entriesOf(form.current) : {});
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    submit(entries());
  };
  const onCancel = (event: Event): void => {
    event.preventDefault();
    close();
  };
  return el(
    'dialog.modal',
    { ref: dialog, onCancel, 'aria-labelledby': 'modal-title' },
    el(
      'form',
      { ref: form, onSubmit, onChange: () => fill(entries()), noValidate: true },
      el(
        'header',
        {},
        el('h2', { id: 'modal-title' }, view.title.text),
        el('button', { type: 'button', 'aria-label': 'Close', onClick: close }, '×'),
      ),
      el(
        'div.body',
        {},
        ...view.blocks.map((block) =>
          block.type === 'input'
            ? input(block, object(object(view.state[block.block_id])), view.errors[block.block_id], snapshot)
            : blocks([block], context),
        ),
      ),
      el(
        'footer',
        {},
        el('button', { type: 'button', onClick: close }, view.close?.text ?? 'Close'),
        view.submit === null
          ? null
          : el('button.primary', { type: 'submit', disabled: busy }, busy ? 'Working…' : view.submit.text),
      ),
    ),
  );
}

function input(block: Json, state: Json, error: string | undefined, snapshot: Snapshot): VNode {
  const element = object(block.element);
  const id = `${text(block.block_id)}/${text(element.action_id)}`;
  const optional = block.optional === true ? ' (optional)' : '';
  const hint = text(object(block.hint).text);
  const described = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ');
  const shared = {
    id,
    name: id,
    'aria-invalid': error ? 'true' : 'false',
    ...(described ? { 'aria-describedby': described } : {}),
  };
  return el(
    'div.input',
    { key: id },
    el('label', { htmlFor: id, for: id }, `${text(object(block.label).text)}${optional}`),
    field(element, object(state[text(element.action_id)]), shared, snapshot),
    hint ? el('p.hint', { id: `${id}-hint` }, hint) : null,
    error ? el('p.error', { id: `${id}-error`, role: 'alert' }, error) : null,
  );
}

function field(element: Json, state: Json, shared: Json, snapshot: Snapshot): VNode {
  const placeholder = text(object(element.placeholder).text);
  switch (element.type) {
    case 'plain_text_input': {
      const attributes = {
        ...shared,
        placeholder,
        maxLength: element.max_length,
        defaultValue: text(state.value),
      };
      return element.multiline === true
        ? el('textarea', attributes)
        : el('input', { ...attributes, type: 'text' });
    }
    case 'static_select': {
      const chosen = text(object(state.selected_option).value);
      return select(
        shared,
        chosen,
        list(element.options).map((o) => [text(o.value), text(object(o.text).text)]),
        placeholder,
      );
    }
    case 'conversations_select':
      return select(
        shared,
        text(state.selected_conversation),
        snapshot.channels.filter((c) => c.kind !== 'im').map((c) => [c.id, `#${c.name}`]),
        placeholder,
      );
    case 'multi_users_select': {
      const chosen = Array.isArray(state.selected_users) ? state.selected_users : [];
      const options = snapshot.people.map((p) =>
        el('option', { value: p.id, selected: chosen.includes(p.id) }, `@${p.name}`),
      );
      return el('select', { ...shared, multiple: true, size: 4 }, ...options);
    }
    default:
      return el('p.hint', {}, `The playground cannot fill in ${text(element.type)} yet.`);
  }
}

function select(
  shared: Json,
  chosen: string,
  options: readonly (readonly [string, string])[],
  placeholder: string,
): VNode {
  const known = options.some(([value]) => value === chosen);
  return el(
    'select',
    shared,
    known ? null : el('option', { value: '', selected: true }, placeholder || 'Choose'),
    ...options.map(([value, label]) => el('option', { value, selected: value === chosen }, label)),
  );
}

/** What stands in the fields: `block/action` is their name. */
function entriesOf(form: HTMLFormElement): Entries {
  const entries: Entries = {};
  for (const control of form.elements) {
    if (
      !(
        control instanceof HTMLInputElement ||
        control instanceof HTMLTextAreaElement ||
        control instanceof HTMLSelectElement
      )
    )
      continue;
    const [block = '', action = ''] = control.name.split('/');
    const multiple = control instanceof HTMLSelectElement && control.multiple;
    const value = multiple
      ? [...control.selectedOptions].map((o) => o.value)
      : control.value === ''
        ? null
        : control.value;
    entries[block] = { ...entries[block], [action]: value };
  }
  return entries;
}
