/** Messages, dialogs and pages as plain text: headings, bullets, [buttons], field labels and hints. */

type Json = Readonly<Record<string, unknown>>;

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : isJson(value) && typeof value.text === 'string' ? value.text : '';

/** People of the story by Slack id. */
export const PEOPLE: Readonly<Record<string, string>> = {
  U1: 'ana',
  U2: 'ben',
  U3: 'chidi',
  U4: 'dora',
  U5: 'emre',
  U0BOT: 'Django or Flask',
};

/** Returns mrkdwn as Slack shows it: names, links by their words, no escapes and no invisible characters. */
export function visible(mrkdwn: string): string {
  return mrkdwn
    .replace(/[\u2060\u2066-\u2069\u200b]/g, '')
    .replace(/<@(\w+)>/g, (_, id: string) => `@${PEOPLE[id] ?? id.toLowerCase()}`)
    .replace(/<#\w+(?:\|([^>]*))?>/g, (_, name?: string) => `#${name || 'web'}`)
    .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<!(\w+)[^>]*>/g, '@$1')
    .replace(/<https?:[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<(https?:[^>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** Returns a message: its blocks, then those lines of `text` that the blocks don't have. */
export function renderMessage({
  text,
  blocks,
}: {
  readonly text?: unknown;
  readonly blocks?: unknown;
}): string {
  const shown = renderBlocks(blocks);
  const spoken = visible(textOf(text)).split('\n');
  if (shown === '') return spoken.join('\n');
  const seen = bare(shown);
  const onlySpoken = spoken.filter((line) => line.trim() !== '' && !seen.includes(bare(line)));
  return [shown, ...(onlySpoken.length > 0 ? [`(Screen reader: ${onlySpoken.join(' / ')})`] : [])].join('\n');
}

/** Returns letters, digits and quotes only, so that markup doesn't matter in a comparison. */
const bare = (text: string): string => text.replace(/[^\p{L}\p{N}“”]+/gu, '').toLowerCase();

/** Returns a dialog or the Home tab. */
export function renderView(view: unknown): string {
  if (!isJson(view)) return '';
  const title = textOf(view.title);
  const buttons = [textOf(view.close), textOf(view.submit)].filter((word) => word !== '');
  return [
    ...(title === '' ? [] : [`= ${title} =`]),
    renderBlocks(view.blocks),
    ...(buttons.length > 0 ? [buttons.map((word) => `[${word}]`).join(' ')] : []),
  ].join('\n');
}

/** Returns the text of a web page: a line for each heading, paragraph, list item or link. */
export function renderPage(html: string): string {
  return html
    .replace(/<(style|script|svg|head)\b[\s\S]*?<\/\1>/g, '')
    .replace(/aria-label="([^"]*)"[^>]*>/g, '>($1)\n')
    .replace(/<h1[^>]*>/g, '\n# ')
    .replace(/<h[2-6][^>]*>/g, '\n## ')
    .replace(/<li[^>]*>/g, '\n- ')
    .replace(/<\/(?:p|h\d|li|dt|dd|div|ul|ol|figcaption|header)>/g, '\n')
    .replace(/<a\b[^>]*>([\s\S]*?)<\/a>/g, '[$1]')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')
    .replace(/^(-|#+)\n/gm, '$1 ');
}

function renderBlocks(blocks: unknown): string {
  return listOf(blocks)
    .map((block) => (isJson(block) ? renderBlock(block) : ''))
    .filter((lines) => lines !== '')
    .join('\n');
}

function renderBlock(block: Json): string {
  switch (block.type) {
    case 'header':
      return `# ${visible(textOf(block.text))}`;
    case 'section':
      return [textOf(block.text), ...listOf(block.fields).map(textOf)]
        .filter((text) => text !== '')
        .map(visible)
        .concat(isJson(block.accessory) ? [renderElement(block.accessory)] : [])
        .join('\n');
    case 'context':
      return listOf(block.elements)
        .map((element) => `(${visible(textOf(element))})`)
        .join(' ');
    case 'actions':
      return listOf(block.elements)
        .map((element) => (isJson(element) ? renderElement(element) : ''))
        .join(' ');
    case 'input': {
      const optional = block.optional === true ? ' (optional)' : '';
      const hint = textOf(block.hint);
      return [
        `${textOf(block.label)}${optional}`,
        ...(isJson(block.element) ? [`  ${renderElement(block.element)}`] : []),
        ...(hint === '' ? [] : [`  (${visible(hint)})`]),
      ].join('\n');
    }
    case 'rich_text':
      return listOf(block.elements).map(renderRich).join('\n');
    case 'markdown':
      return visible(textOf(block));
    case 'divider':
      return '---';
    case 'data_table':
    case 'table': {
      const caption = typeof block.caption === 'string' ? [block.caption] : [];
      const rows = listOf(block.rows).map((row) => listOf(row).map(cellText).join(' | '));
      return [...caption, ...rows].join('\n');
    }
    case 'data_visualization':
      return `(chart: ${textOf(block.title)}: ${leaves(block.chart, ['name', 'x_label', 'y_label']).join(', ')})`;
    default:
      return leaves(block, ['text', 'title', 'subtitle', 'caption', 'alt_text']).map(visible).join('\n');
  }
}

const cellText = (cell: unknown): string =>
  isJson(cell) && cell.type === 'rich_text'
    ? listOf(cell.elements).map(renderRich).join(' ')
    : visible(textOf(cell));

/** Returns every string below the keys, in order. */
function leaves(value: unknown, keys: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item, keys));
  if (!isJson(value)) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    typeof child === 'string' ? (keys.includes(key) ? [child] : []) : leaves(child, keys),
  );
}

function renderRich(element: unknown): string {
  if (!isJson(element)) return '';
  const children = listOf(element.elements);
  switch (element.type) {
    case 'rich_text_list':
      return children
        .map((item, i) => `${element.style === 'ordered' ? `${i + 1}.` : '•'} ${renderRich(item)}`)
        .join('\n');
    case 'rich_text_quote':
      return `> ${children.map(inline).join('')}`;
    default:
      return children.map(inline).join('').replace(/\n$/, '');
  }
}

function inline(element: unknown): string {
  if (!isJson(element)) return '';
  switch (element.type) {
    case 'user':
      return visible(`<@${element.user_id}>`);
    case 'channel':
      return visible(`<#${element.channel_id}>`);
    case 'link':
      return textOf(element.text) || textOf(element.url);
    case 'date':
      return textOf(element.fallback) || textOf(element.format);
    case 'emoji':
      return `:${element.name}:`;
    default: {
      const text = visible(textOf(element.text));
      const bold = isJson(element.style) && element.style.bold === true && text.trim() !== '';
      return bold ? text.replace(/^(\s*)(.*?)(\s*)$/s, '$1*$2*$3') : text;
    }
  }
}

function renderElement(element: Json): string {
  const options = [
    ...listOf(element.options),
    ...listOf(element.option_groups).flatMap((group) => (isJson(group) ? listOf(group.options) : [])),
  ].map((option) =>
    isJson(option)
      ? [textOf(option.text), textOf(option.description)].filter((word) => word !== '').join(' — ')
      : '',
  );
  const placeholder = textOf(element.placeholder);
  const confirm = isJson(element.confirm)
    ? ` (asks: ${leaves(element.confirm, ['text']).map(visible).join(' / ')})`
    : '';
  const label = typeof element.accessibility_label === 'string' ? ` (“${element.accessibility_label}”)` : '';
  switch (element.type) {
    case 'button':
      return `[${textOf(element.text)}]${label}${confirm}`;
    case 'overflow':
      return `[•••: ${options.join(' · ')}]${label}`;
    case 'checkboxes':
      return options.map((option) => `☐ ${option}`).join('\n  ');
    case 'radio_buttons':
      return options.map((option) => `○ ${option}`).join('\n  ');
    case 'static_select':
      return `▾ ${options.join(' · ')}`;
    default:
      return `____${placeholder === '' ? '' : ` ${placeholder}`}`;
  }
}
