import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { fetchPlanned, type Json, type Planned, plan, text } from './api.ts';
import { onChange } from './changes.ts';
import { el } from './element.ts';
import { PanelFrame, scrolling } from './panel.ts';

/** What can go wrong with a call, and which of the form's fields say more about it. */
const CALL_FAULTS = {
  error: { label: 'Slack refuses it', fields: ['method', 'error', 'times'] },
  delay: { label: 'Slack is slow', fields: ['method', 'ms', 'times'] },
  hang: { label: 'Slack never answers', fields: ['method', 'when', 'times'] },
  drop: { label: 'The connection breaks', fields: ['method', 'when', 'times'] },
  rateLimit: { label: 'Too many calls: wait', fields: ['method', 'seconds', 'times'] },
  status: { label: 'Slack fails (HTTP error)', fields: ['method', 'status', 'times'] },
  deliverTwice: { label: 'Events are delivered twice', fields: ['times'] },
} as const;
type CallFault = keyof typeof CALL_FAULTS;

/** What happens at once. */
const NOW: readonly (readonly [label: string, wish: Json])[] = [
  ['Cut the socket', { do: 'disconnect', how: 'drop' }],
  ['Ask for a new socket', { do: 'disconnect', how: 'refresh' }],
  ['Revoke the token', { do: 'revokeToken' }],
  ['Uninstall the app', { do: 'uninstall' }],
  ['Install it again', { do: 'reinstall' }],
];

const METHODS = ['chat.postMessage', 'chat.update', 'views.open', 'views.update', 'response_url'];
const ERRORS = ['is_archived', 'not_in_channel', 'channel_not_found', 'internal_error', 'invalid_blocks'];

interface Field {
  readonly label: string;
  readonly initial: string;
  readonly kind: 'number' | 'text' | readonly (readonly [value: string, label: string])[];
  /** For a text: what is often wanted. */
  readonly suggestions?: readonly string[];
}

const FIELDS: Readonly<Record<string, Field>> = {
  method: {
    label: 'Which call (* is the next one, whatever it is)',
    initial: 'chat.postMessage',
    kind: 'text',
    suggestions: ['*', ...METHODS],
  },
  error: { label: 'Slack’s error code', initial: 'is_archived', kind: 'text', suggestions: ERRORS },
  ms: { label: 'Milliseconds', initial: '5000', kind: 'number' },
  seconds: { label: 'Seconds to wait', initial: '5', kind: 'number' },
  status: { label: 'HTTP status', initial: '500', kind: 'number' },
  times: { label: 'How many times', initial: '1', kind: 'number' },
  when: {
    label: 'When',
    initial: 'before',
    kind: [
      ['before', 'before it has happened'],
      ['after', 'after it has happened, unseen by the app'],
    ],
  },
};

/** Plans what goes wrong next. */
export function FaultPanel({ close }: { close(): void }): VNode {
  const [planned, setPlanned] = useState<Planned>({});
  const [chosen, setChosen] = useState<CallFault>('error');
  useEffect(() => onChange(() => void fetchPlanned().then(setPlanned)), []);
  const ask = (wish: Json): void => void plan(wish).then(setPlanned);
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    if (event.currentTarget instanceof HTMLFormElement) ask(wishIn(event.currentTarget, chosen));
  };
  const waiting = planned.waiting ?? [];
  return PanelFrame(
    { title: 'Make it fail', kind: 'panel', close },
    scrolling(
      'What goes wrong',
      el('p.hint', {}, 'Plan what goes wrong with the app’s next calls, then use it and see what it says.'),
      el(
        'form',
        { onSubmit },
        el('label', { for: 'fault' }, 'What happens'),
        el(
          'select',
          { id: 'fault', onChange: (event: Event) => setChosen(kindIn(event, chosen)) },
          ...Object.entries(CALL_FAULTS).map(([value, { label }]) =>
            el('option', { value, selected: value === chosen }, label),
          ),
        ),
        ...CALL_FAULTS[chosen].fields.map(field),
        el('button.primary', { type: 'submit' }, 'Plan it'),
      ),
      planned.problem ? el('p.error', { role: 'alert' }, planned.problem) : null,
      el('h3', {}, 'Still to come'),
      waiting.length === 0
        ? el('p.hint', {}, 'Nothing: every call gets its true answer.')
        : el(
            'ul',
            {},
            ...waiting.map(({ method, fault }) => el('li', {}, `${nameOf(method)}: ${inWords(fault)}`)),
          ),
      el('button', { type: 'button', onClick: () => ask({ do: 'clear' }) }, 'Forget what is planned'),
      el('h3', {}, 'At once'),
      el(
        'div.actions',
        {},
        ...NOW.map(([label, wish]) => el('button', { type: 'button', onClick: () => ask(wish) }, label)),
      ),
    ),
  );
}

function field(name: string): VNode | null {
  const about = FIELDS[name];
  if (about === undefined) return null;
  const { kind, initial, suggestions } = about;
  const id = `fault-${name}`;
  const control =
    typeof kind === 'string'
      ? el('input', {
          id,
          name,
          type: kind,
          defaultValue: initial,
          required: true,
          list: suggestions ? `${id}-known` : undefined,
        })
      : el('select', { id, name }, ...kind.map(([value, label]) => el('option', { value }, label)));
  return el(
    'div.input',
    { key: name },
    el('label', { for: id }, about.label),
    control,
    suggestions
      ? el('datalist', { id: `${id}-known` }, ...suggestions.map((value) => el('option', { value })))
      : null,
  );
}

function kindIn(event: Event, before: CallFault): CallFault {
  const value = event.target instanceof HTMLSelectElement ? event.target.value : before;
  return isCallFault(value) ? value : before;
}

const isCallFault = (value: string): value is CallFault => Object.hasOwn(CALL_FAULTS, value);

function wishIn(form: HTMLFormElement, chosen: CallFault): Json {
  const entered = Object.fromEntries(new FormData(form));
  const fields = Object.entries(entered).map(([name, value]) => [
    name,
    FIELDS[name]?.kind === 'number' ? Number(value) : String(value).trim(),
  ]);
  return { do: chosen, ...Object.fromEntries(fields) };
}

const nameOf = (method: string): string => (method === '*' ? 'the next call' : method);

function inWords(fault: Json): string {
  if (fault.error !== undefined) return `refused with ${text(fault.error)}`;
  if (fault.retryAfterSeconds !== undefined) return `has to wait for ${fault.retryAfterSeconds} s`;
  if (fault.status !== undefined) return `fails with HTTP ${fault.status}`;
  if (fault.delayMs !== undefined) return `answered ${fault.delayMs} ms late`;
  if (fault.hang !== undefined) return `never answered, ${text(fault.hang)} it has happened`;
  if (fault.drop !== undefined) return `connection breaks ${text(fault.drop)} it has happened`;
  return 'held';
}
