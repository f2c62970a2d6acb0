/** Blocks and elements for tests, each as small as Slack accepts it. */

export type Json = Record<string, unknown>;
export const pt = (text: string) => ({ type: 'plain_text', text });
export const md = (text: string) => ({ type: 'mrkdwn', text });
export const option = (value: string, text: string = value) => ({ text: pt(text), value });
export const section = (extra: Json = {}) => ({ type: 'section', text: md('Hello'), ...extra });
export const input = (element: Json, extra: Json = {}) => ({
  type: 'input',
  label: pt('Label'),
  element,
  ...extra,
});
export const button = (extra: Json = {}) => ({ type: 'button', text: pt('Press'), ...extra });
export const actions = (...elements: Json[]) => ({ type: 'actions', elements });
export const picture = { type: 'image', image_url: 'https://example.org/a.png', alt_text: 'A' };
export const sectionOf = (...elements: Json[]) => ({ type: 'rich_text_section', elements });
export const rich = (...elements: Json[]) => ({ type: 'rich_text', elements });
export const words = rich(sectionOf({ type: 'text', text: 'Hi' }));
export const cell = (text: string) => ({ type: 'raw_text', text });
export const dataTable = (extra: Json = {}) => ({
  type: 'data_table',
  caption: 'C',
  rows: [[cell('a')], [cell('b')]],
  ...extra,
});
export const pie = (...segments: Json[]) => ({
  type: 'data_visualization',
  title: 'T',
  chart: { type: 'pie', segments: segments.length > 0 ? segments : [{ label: 'a', value: 1 }] },
});
export const bars = (series: Json[], categories: string[] = ['x']) => ({
  type: 'data_visualization',
  title: 'T',
  chart: { type: 'bar', series, axis_config: { categories } },
});
export const card = (extra: Json = {}) => ({ type: 'card', title: md('T'), ...extra });
export const container = (children: Json[], extra: Json = {}) => ({
  type: 'container',
  title: pt('T'),
  child_blocks: children,
  ...extra,
});
export const task = (extra: Json = {}) => ({ type: 'task_card', task_id: 't', title: 'T', ...extra });
export const select = (extra: Json = {}) => ({
  type: 'static_select',
  options: [option('a'), option('b')],
  ...extra,
});
export const pick = (extra: Json = {}) => ({ type: 'conversations_select', ...extra });
