import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { asText, type FaultPlan, fetchFaultPlan, type Json, planFault } from './api.ts';
import { onChange } from './changes.ts';
import { el } from './element.ts';
import { PanelFrame, renderScrollArea } from './panel.ts';

/** Kinds of faults, each with the form fields that configure it. */
const CALL_FAULTS = {
  error: { label: 'Slack refuses the call', fields: ['method', 'error', 'times'] },
  delay: { label: 'Slack is slow', fields: ['method', 'ms', 'slow', 'times'] },
  hang: { label: 'Slack never responds', fields: ['method', 'when', 'times'] },
  drop: { label: 'The connection breaks', fields: ['method', 'when', 'times'] },
  rateLimit: { label: 'Slack limits the rate', fields: ['method', 'seconds', 'times'] },
  status: { label: 'Slack fails with an HTTP error', fields: ['method', 'status', 'times'] },
  deliverTwice: { label: 'Events reach the app twice', fields: ['times'] },
} as const;
type CallFault = keyof typeof CALL_FAULTS;

/** Immediate actions. Their responses describe the effect. Over signed HTTP there is no connection to cut. */
const IMMEDIATE_ACTIONS: readonly {
  readonly label: string;
  readonly wish: Json;
  readonly socketOnly?: true;
}[] = [
  { label: 'Cut the connection', wish: { do: 'disconnect', how: 'drop' }, socketOnly: true },
  { label: 'Ask the app to reconnect', wish: { do: 'disconnect', how: 'refresh' }, socketOnly: true },
  { label: 'Revoke the token', wish: { do: 'revokeToken' } },
  { label: 'Uninstall the app', wish: { do: 'uninstall' } },
  { label: 'Reinstall the app', wish: { do: 'reinstall' } },
];

/** Calls that can fail: the app's name for each, and the effect that people see. */
const METHODS: readonly (readonly [method: string, label: string])[] = [
  ['chat.postMessage', 'chat.postMessage: posts a message'],
  ['chat.update', 'chat.update: updates a message'],
  ['chat.postEphemeral', 'chat.postEphemeral: private reply'],
  ['conversations.join', 'conversations.join: joins a channel'],
  ['views.open', 'views.open: opens a dialog'],
  ['views.update', 'views.update: updates a dialog'],
  ['views.publish', 'views.publish: shows the Home tab'],
  ['response_url', 'response_url: private response'],
  ['*', 'The next call of any method'],
];
const ERRORS = ['is_archived', 'not_in_channel', 'channel_not_found', 'internal_error', 'invalid_blocks'];

interface Field {
  readonly label: string;
  readonly initial: string;
  readonly kind: 'number' | 'text' | readonly (readonly [value: string, label: string])[];
  /** For a number: smallest and largest value. */
  readonly range?: readonly [number, number];
  /** For text: common values. */
  readonly suggestions?: readonly string[];
  /** For text: required pattern, and its description in words. */
  readonly pattern?: string;
  readonly title?: string;
}

const FIELDS: Readonly<Record<string, Field>> = {
  method: {
    label: 'Call',
    initial: 'chat.postMessage',
    kind: METHODS,
  },
  error: {
    label: 'Slack’s error code',
    initial: 'is_archived',
    kind: 'text',
    suggestions: ERRORS,
    pattern: '[a-z][a-z0-9_]*',
    title: 'Lowercase letters, digits and _, such as is_archived',
  },
  ms: { label: 'Milliseconds', initial: '5000', kind: 'number', range: [0, 600_000] },
  seconds: { label: 'Seconds to wait', initial: '5', kind: 'number', range: [1, 3600] },
  status: { label: 'HTTP status', initial: '500', kind: 'number', range: [400, 599] },
  times: { label: 'How many times', initial: '1', kind: 'number', range: [1, 1000] },
  slow: {
    label: 'What is slow',
    initial: 'before',
    kind: [
      ['before', 'The call and the response'],
      ['after', 'Only the response'],
    ],
  },
  when: {
    label: 'When',
    initial: 'before',
    kind: [
      ['before', 'Before the call takes effect'],
      ['after', 'After the call takes effect'],
    ],
  },
};

/** Panel for planning faults of the app's next calls. */
export function FaultPanel({ close }: { close(): void }): VNode {
  const [planned, setPlanned] = useState<FaultPlan>({});
  const [chosen, setChosen] = useState<CallFault>('error');
  useEffect(() => onChange(() => void fetchFaultPlan().then(setPlanned)), []);
  const [done, setDone] = useState('');
  const ask = async (wish: Json, inWords: string): Promise<void> => {
    setDone('');
    const answer = await planFault(wish);
    setPlanned(answer);
    setDone(answer.problem ? '' : (answer.said ?? inWords));
  };
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const wish = readRequest(event.currentTarget, chosen);
    void ask(wish, chosen === 'deliverTwice' ? duplicateNotice(wish) : 'Planned. Now use the app.');
  };
  const waiting = planned.waiting ?? [];
  const overHttp = planned.state?.transport === 'http';
  return PanelFrame(
    { title: 'Make it fail', kind: 'panel', close },
    renderScrollArea(
      'What goes wrong',
      el('p.hint', {}, 'Plan a fault for the app’s next call. Then use the app and see how it copes.'),
      el(
        'form',
        { onSubmit },
        el('label', { for: 'fault' }, 'What happens'),
        el(
          'select',
          { id: 'fault', onChange: (event: Event) => setChosen(readKind(event, chosen)) },
          ...Object.entries(CALL_FAULTS).map(([value, { label }]) =>
            el('option', { value, selected: value === chosen }, label),
          ),
        ),
        ...CALL_FAULTS[chosen].fields.map(renderInput),
        el('button.primary', { type: 'submit' }, 'Plan it'),
      ),
      planned.problem ? el('p.error', { role: 'alert' }, planned.problem) : null,
      el('h3', {}, 'Planned faults'),
      waiting.length === 0
        ? el('p.hint', {}, 'None. Every call works.')
        : el(
            'ul',
            {},
            ...waiting.map(({ method, fault }) =>
              el('li', {}, `${targetName(method)}: ${describeFault(fault)}`),
            ),
          ),
      el(
        'button',
        { type: 'button', onClick: () => void ask({ do: 'clear' }, 'All planned faults are deleted.') },
        'Delete all',
      ),
      el('h3', {}, 'Do it now'),
      el(
        'div.actions',
        {},
        ...IMMEDIATE_ACTIONS.filter(({ socketOnly }) => !(socketOnly && overHttp)).map(({ label, wish }) =>
          el('button', { type: 'button', onClick: () => void ask(wish, '') }, label),
        ),
      ),
      planned.state ? el('p.hint', {}, describeConnection(planned.state)) : null,
    ),
    el('p.done', { role: 'status' }, done),
  );
}

function describeConnection({ connected, tokenValid, installed }: NonNullable<FaultPlan['state']>): string {
  const parts = [
    ...(connected === null ? [] : [connected ? 'is connected' : 'isn’t connected']),
    tokenValid ? 'has a valid token' : 'has an invalid token',
    installed ? 'is installed' : 'isn’t installed',
  ];
  return `The app ${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}.`;
}

function renderInput(name: string): VNode | null {
  const about = FIELDS[name];
  if (about === undefined) return null;
  const { kind, initial, range, suggestions, pattern, title } = about;
  const id = `fault-${name}`;
  const control =
    typeof kind === 'string'
      ? el('input', {
          id,
          name,
          type: kind,
          defaultValue: initial,
          required: true,
          min: range?.[0],
          max: range?.[1],
          pattern,
          title,
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

function readKind(event: Event, before: CallFault): CallFault {
  const value = event.target instanceof HTMLSelectElement ? event.target.value : before;
  return isCallFault(value) ? value : before;
}

const isCallFault = (value: string): value is CallFault => Object.hasOwn(CALL_FAULTS, value);

function readRequest(form: HTMLFormElement, chosen: CallFault): Json {
  const entered = Object.fromEntries(new FormData(form));
  const fields = Object.entries(entered).map(([name, value]) => [
    name === 'slow' ? 'when' : name,
    FIELDS[name]?.kind === 'number' ? Number(value) : String(value).trim(),
  ]);
  return { do: chosen, ...Object.fromEntries(fields) };
}

const duplicateNotice = ({ times }: Json): string =>
  times === 1 ? 'The next event reaches the app twice.' : `The next ${times} events reach the app twice.`;

const targetName = (method: string): string =>
  method === '*' ? 'Next call' : method === 'events' ? 'Events' : method;

const WHEN: Readonly<Record<string, string>> = {
  before: 'without effect',
  after: 'but takes effect',
};

function describeFault(fault: Json): string {
  if (fault.error !== undefined) return `refused with ${asText(fault.error)}`;
  if (fault.retryAfterSeconds !== undefined) return `rate-limited for ${fault.retryAfterSeconds} s`;
  if (fault.status !== undefined) return `fails with HTTP ${fault.status}`;
  if (fault.delayMs !== undefined)
    return `${fault.when === 'before' ? 'takes effect' : 'responds'} ${fault.delayMs} ms late`;
  if (fault.deliverTwice !== undefined)
    return fault.deliverTwice === 1
      ? 'the next one comes twice'
      : `the next ${fault.deliverTwice} come twice`;
  if (fault.hang !== undefined) return `no response, ${WHEN[asText(fault.hang)]}`;
  if (fault.drop !== undefined) return `connection breaks, ${WHEN[asText(fault.drop)]}`;
  return 'held';
}
