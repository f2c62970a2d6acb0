import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { fetchTraffic, onChange, type Traffic } from './api.ts';
import { el } from './element.ts';

interface Row {
  readonly title: string;
  readonly outcome: string;
  readonly detail: unknown;
}

/** Every payload and request in both directions, newest first. */
export function Inspector({ close }: { close(): void }): VNode {
  const [traffic, setTraffic] = useState<Traffic>({ calls: [], deliveries: [] });
  useEffect(() => onChange(() => void fetchTraffic().then(setTraffic)), []);
  return el(
    'aside',
    { 'aria-label': 'Traffic' },
    el(
      'header',
      {},
      el('h2', {}, 'Traffic'),
      el('button', { type: 'button', 'aria-label': 'Close traffic', onClick: close }, '×'),
    ),
    el(
      'div.messages',
      { tabIndex: 0, role: 'region', 'aria-label': 'Payloads and requests' },
      ...listed('Slack → bot', traffic.deliveries.map(delivered)),
      ...listed('bot → Slack', traffic.calls.map(asked)),
    ),
  );
}

/** Newest first. */
function listed(title: string, rows: readonly Row[]): VNode[] {
  return [
    el('h3', {}, title),
    ...rows
      .toReversed()
      .map((row, i) =>
        el(
          'details.traffic',
          { key: `${title}-${rows.length - i}` },
          el('summary', {}, `${row.title} · ${row.outcome}`),
          el('pre', {}, JSON.stringify(row.detail, null, 2)),
        ),
      ),
  ];
}

function asked({ method, args, answer }: Traffic['calls'][number]): Row {
  return { title: method, outcome: answerInWords(answer), detail: { arguments: args, answer } };
}

function answerInWords(answer: Traffic['calls'][number]['answer']): string {
  if (answer === undefined) return 'no answer yet';
  if (answer === 'dropped') return 'connection dropped';
  return typeof answer.body.error === 'string' ? answer.body.error : 'ok';
}

function delivered({ kind, payload, result }: Traffic['deliveries'][number]): Row {
  const outcome = result
    ? `${result.timedOut ? 'too late' : result.status}, ${Math.round(result.ms)} ms`
    : 'not answered yet';
  return { title: kind, outcome, detail: { payload, answer: result?.body ?? null } };
}
