import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Snapshot } from './api.ts';
import { type Completion, completionsFor } from './completions.ts';
import { removeSentText, saveDraft, useDraft } from './drafts.ts';
import { el } from './element.ts';

export interface ComposerProps {
  readonly id: string;
  readonly label: string;
  /** Key of the saved draft: the person and the channel or thread. */
  readonly draft: string;
  readonly snapshot: Snapshot;
  /** True to complete commands. Slack has no commands in threads. */
  readonly commands: boolean;
  /** Resolves to true on success. After a failure the text stays in the field. */
  send(text: string): Promise<boolean>;
  takeShortcut?(shortcut: string): void;
}

/** The field for new messages. Enter sends, Shift+Enter adds a line, Tab or Enter accepts a suggestion. */
export function Composer({ id, label, draft, snapshot, commands, send, takeShortcut }: ComposerProps): VNode {
  const typed = useDraft(draft);
  const [chosen, setChosen] = useState(0);
  const [hidden, setHidden] = useState(false);
  const [sending, setSending] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const completions = hidden ? [] : completionsFor(typed, snapshot, commands);
  const current = completions[Math.min(chosen, completions.length - 1)];
  const listId = `${id}-suggestions`;

  const change = (text: string): void => {
    saveDraft(draft, text);
    setChosen(0);
    setHidden(false);
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    // Read the field itself: a person may type faster than the page renders.
    const text = field.current?.value ?? typed;
    if (text.trim() === '' || sending) return;
    setSending(true);
    if (await send(text)) removeSentText(draft, text);
    setSending(false);
  };
  const take = (completion: Completion): void => {
    change(completion.text);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    // Enter sends a suggestion that is already typed in full, instead of completing it.
    const whole = current?.text.trim() === typed;
    if (current !== undefined && (event.key === 'Tab' || (event.key === 'Enter' && !whole))) {
      event.preventDefault();
      take(current);
    } else if (current !== undefined && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : completions.length - 1;
      setChosen((chosen + step) % completions.length);
    } else if (event.key === 'Escape' && current !== undefined) {
      event.stopPropagation();
      setHidden(true);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      void submit(event);
    }
  };
  const shortcuts = takeShortcut ? snapshot.app.shortcuts.filter(({ kind }) => kind === 'global') : [];
  return el(
    'form.composer',
    { onSubmit: submit },
    completions.length > 0 ? suggestions(listId, completions, current, take) : null,
    ...shortcuts.map(({ id: shortcut, name, description }) =>
      el(
        'button',
        { type: 'button', title: description, onClick: () => takeShortcut?.(shortcut) },
        `⚡ ${name}`,
      ),
    ),
    el('textarea', {
      id,
      ref: field,
      rows: 1,
      'aria-label': label,
      'aria-controls': completions.length > 0 ? listId : undefined,
      'aria-autocomplete': 'list',
      'aria-activedescendant': current ? `${listId}-${completions.indexOf(current)}` : undefined,
      placeholder: label,
      value: typed,
      autocomplete: 'off',
      onInput: (event: Event) => event.target instanceof HTMLTextAreaElement && change(event.target.value),
      onKeyDown,
    }),
    el('button.primary', { type: 'submit', 'aria-disabled': sending }, sending ? 'Sending…' : 'Send'),
  );
}

function suggestions(
  id: string,
  completions: readonly Completion[],
  current: Completion | undefined,
  take: (completion: Completion) => void,
): VNode {
  return el(
    'ul.suggestions',
    { id, role: 'listbox', 'aria-label': 'Suggestions' },
    ...completions.map((completion, i) =>
      el(
        'li',
        {
          id: `${id}-${i}`,
          role: 'option',
          'aria-selected': completion === current,
          onClick: () => take(completion),
        },
        el('b', {}, completion.label),
        el('span', {}, completion.description),
      ),
    ),
  );
}
