import { type ComponentChildren, h, type VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { asText, type Json, type Snapshot } from './api.ts';
import { type BlockContext, renderBlocks } from './blocks.ts';
import { el } from './element.ts';
import { type Entries, readEntries } from './entries.ts';
import { focusInside } from './fields.ts';
import { Input } from './input.ts';
import { findProblems } from './problems.ts';
import { pendingEntries, trackEntry } from './requests.ts';

export type { Entries } from './entries.ts';

export interface ModalProps {
  readonly view: Snapshot['views'][number];
  readonly context: BlockContext;
  /** True while a request of this person is pending. */
  readonly busy: boolean;
  /** Slack's error message for the last action. */
  readonly problem: string | null;
  /** Saves the input. May return a promise. */
  fill(entries: Entries): unknown;
  submit(entries: Entries): void;
  close(): void;
}

/** A modal. Saves input in the local Slack at once, so that it survives updates and reloads. */
export function Modal({ view, context, busy, problem, fill, submit, close }: ModalProps): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const form = useRef<HTMLFormElement>(null);
  // Only a submission disables the button. Saving input right before the click must not.
  const [sent, setSent] = useState(false);
  const working = busy && sent;
  useEffect(() => {
    if (!busy) setSent(false);
  }, [busy]);
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({});
  useEffect(() => {
    if (dialog.current === null || dialog.current.open) return;
    dialog.current.showModal();
    // Without focus_on_load, focus the first input instead of the close button.
    const wanted = dialog.current.querySelector('[data-focus]');
    focusInside(wanted ?? dialog.current.querySelector('.body'));
  }, [view.id]);
  const entries = (): Entries => (form.current ? readEntries(form.current) : {});
  const onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (working) return;
    const now = entries();
    const found = findProblems(view.blocks, now);
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    await pendingEntries();
    setSent(true);
    submit(now);
  };
  const onChange = (): void => {
    setWrong({});
    trackEntry(Promise.resolve(fill(entries())));
  };
  const onCancel = (event: Event): void => {
    event.preventDefault();
    close();
  };
  const inside: BlockContext = { ...context, state: view.state };
  const drawn = (block: Json): ComponentChildren => {
    if (block.type !== 'input') return renderBlocks([block], inside);
    const id = asText(block.block_id);
    const error = wrong[id] ?? view.errors[id];
    return h(Input, { key: id, block, context: inside, error, inForm: true });
  };
  return el(
    'dialog.modal',
    { ref: dialog, onCancel, 'aria-labelledby': 'modal-title' },
    el(
      'form',
      { ref: form, onSubmit, onChange, noValidate: true },
      el(
        'header',
        {},
        el('h2', { id: 'modal-title' }, view.title.text),
        el('button', { type: 'button', 'aria-label': 'Close', onClick: close }, '×'),
      ),
      el('div.body', {}, ...view.blocks.map(drawn)),
      problem === null ? null : el('p.problem', { role: 'alert' }, problem),
      el(
        'footer',
        {},
        el('button', { type: 'button', onClick: close }, view.close?.text ?? 'Close'),
        view.submit === null
          ? null
          : el(
              'button.primary',
              { type: 'submit', disabled: working },
              working ? 'Working…' : view.submit.text,
            ),
      ),
    ),
  );
}
