import { type ComponentChild, h, type VNode } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { asObject, type Json } from './api.ts';
import { el } from './element.ts';
import type { DisplayNames } from './mrkdwn.ts';
import { plainText, renderText } from './text-object.ts';

interface Question {
  go(): void;
  undo(): void;
}

/** Calls `go`, after a confirmation if the element has one. A refusal calls `undo`, which restores the page. */
export type AskFirst = (go: () => void, undo?: () => void) => void;

/** Returns a function that asks for an element's confirmation, and the dialog to render beside the element. */
export function useConfirm(element: Json, names: DisplayNames): readonly [AskFirst, ComponentChild] {
  const [question, setQuestion] = useState<Question | null>(null);
  const ask: AskFirst = (go, undo = () => {}) => {
    if (element.confirm === undefined) go();
    else setQuestion({ go, undo });
  };
  const answered = (yes: boolean): void => {
    setQuestion(null);
    if (yes) question?.go();
    else question?.undo();
  };
  const dialog = question ? h(Confirm, { confirm: asObject(element.confirm), names, answered }) : null;
  return [ask, dialog];
}

interface ConfirmProps {
  readonly confirm: Json;
  readonly names: DisplayNames;
  answered(yes: boolean): void;
}

function Confirm({ confirm, names, answered }: ConfirmProps): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  // Close the dialog explicitly, so that the browser restores the focus.
  const answer = (yes: boolean): void => {
    dialog.current?.close();
    answered(yes);
  };
  return el(
    'dialog.modal.confirm',
    {
      ref: dialog,
      role: 'alertdialog',
      'aria-labelledby': `${id}-title`,
      'aria-describedby': `${id}-text`,
      onCancel: (event: Event) => {
        event.preventDefault();
        answer(false);
      },
      // Keep the surrounding thread or panel open.
      onKeyDown: (event: KeyboardEvent) => event.key === 'Escape' && event.stopPropagation(),
    },
    el('header', {}, el('h2', { id: `${id}-title` }, plainText(confirm.title) || 'Are you sure?')),
    el('div.body', { id: `${id}-text` }, ...renderText(confirm.text, names)),
    el(
      'footer',
      {},
      el('button', { type: 'button', onClick: () => answer(false) }, plainText(confirm.deny) || 'Cancel'),
      el(
        confirm.style === 'danger' ? 'button.danger' : 'button.primary',
        { type: 'button', onClick: () => answer(true) },
        plainText(confirm.confirm) || 'Yes',
      ),
    ),
  );
}
