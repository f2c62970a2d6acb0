import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { asText, fetchTraffic, type Traffic } from './api.ts';
import { onChange } from './changes.ts';
import { el } from './element.ts';
import { PanelFrame, renderScrollArea } from './panel.ts';

interface Row {
  /** Stable key of the row while rows are added and removed. */
  readonly id: string;
  readonly at: number;
  readonly direction: 'Slack → app' | 'app → Slack';
  readonly title: string;
  readonly outcome: string;
  readonly failed: boolean;
  readonly detail: unknown;
}

/** All payloads and requests in both directions, newest first. */
export function Inspector({ close }: { close(): void }): VNode {
  const [traffic, setTraffic] = useState<Traffic>({
    calls: [],
    deliveries: [],
    before: { calls: 0, deliveries: 0 },
  });
  useEffect(
    () => onChange(() => void fetchTraffic().then((latest) => latest !== null && setTraffic(latest))),
    [],
  );
  const { calls, deliveries, before } = traffic;
  const rows = [
    ...deliveries.map((one, i) => deliveryRow(one, before.deliveries + i)),
    ...calls.map((one, i) => callRow(one, before.calls + i)),
  ].sort((a, b) => a.at - b.at);
  const earlier = before.calls + before.deliveries;
  return PanelFrame(
    { title: 'Traffic', kind: 'panel', close },
    renderScrollArea(
      'Payloads and requests, newest first',
      rows.length === 0
        ? el('p.hint', {}, 'No requests yet. Everything Slack and the app send each other appears here.')
        : null,
      ...rows
        .toReversed()
        .map((row) =>
          el(
            'details.traffic',
            { key: row.id },
            el(
              'summary',
              {},
              el('b', {}, row.title),
              el('time', {}, formatTime(row.at)),
              el('span.direction', {}, row.direction),
              el(row.failed ? 'span.outcome.error' : 'span.outcome', {}, row.outcome),
            ),
            el('pre', {}, JSON.stringify(row.detail, decodeNestedJson, 2)),
          ),
        ),
      earlier > 0
        ? el('p.hint', {}, `The panel shows the last 100 each way. ${earlier} earlier ones are hidden.`)
        : null,
    ),
  );
}

function callRow({ method, args, answer, at, ms }: Traffic['calls'][number], index: number): Row {
  const said = answerInWords(answer);
  return {
    id: `call-${index}`,
    at,
    direction: 'app → Slack',
    title: method,
    outcome: ms === undefined ? said : `${said}, ${milliseconds(ms)}`,
    failed: said !== 'ok' && answer !== undefined,
    detail: { arguments: args, answer },
  };
}

function answerInWords(answer: Traffic['calls'][number]['answer']): string {
  if (answer === undefined) return 'no response yet';
  if (answer === 'dropped') return 'connection dropped';
  return asText(answer.body.error) || (answer.status === 200 ? 'ok' : `HTTP ${answer.status}`);
}

function deliveryRow(
  { kind, payload, result, at, retry }: Traffic['deliveries'][number],
  index: number,
): Row {
  const again = retry ? `, retry after ${retry.reason}` : '';
  return {
    id: `delivery-${index}`,
    at,
    direction: 'Slack → app',
    title: nameOf(kind, payload) + again,
    outcome: result ? `${resultInWords(result)}, ${milliseconds(result.ms)}` : 'no response yet',
    failed: result !== undefined && result.status !== 200,
    detail: { payload, answer: result?.body ?? null },
  };
}

function resultInWords({ status, timedOut }: NonNullable<Traffic['deliveries'][number]['result']>): string {
  if (timedOut) return 'timed out';
  return status === 0 ? 'unreachable' : String(status);
}

/** Returns a payload's title: the command, the interaction's type and id, or the event's type. */
function nameOf(kind: string, payload: Traffic['deliveries'][number]['payload']): string {
  const { command, type, event, view, actions, callback_id } = payload;
  if (kind === 'command') return asText(command);
  if (kind === 'event') return idIn(event, 'type');
  const [action] = Array.isArray(actions) ? actions : [];
  const id = asText(callback_id) || idIn(action, 'action_id') || idIn(view, 'callback_id');
  return id ? `${asText(type)} ${id}` : asText(type);
}

function idIn(value: unknown, name: string): string {
  return typeof value === 'object' && value !== null ? asText(Reflect.get(value, name)) : '';
}

/** Decodes nested JSON. Requests carry views, blocks and metadata as JSON strings, which are hard to read escaped. */
function decodeNestedJson(_name: string, value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const milliseconds = (ms: number): string => (ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`);

function formatTime(at: number): string {
  return new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}
