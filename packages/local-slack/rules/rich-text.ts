import type { Rule, Shape } from './rule.ts';
import {
  arrayOf,
  boolean,
  choice,
  integer,
  number,
  object,
  oneOfTypes,
  optional,
  string,
  url,
} from './rule.ts';

/** Contents of a rich_text block. Slack publishes only their structure, no lengths. */

const style = {
  style: optional(
    object(
      Object.fromEntries(
        ['bold', 'italic', 'strike', 'code', 'underline', 'highlight', 'client_highlight', 'unlink'].map(
          (name) => [name, optional(boolean)],
        ),
      ),
    ),
  ),
};

const inline = (fields: Record<string, Rule>): Shape => ({ fields: { ...fields, ...style } });

export const INLINE: Readonly<Record<string, Shape>> = {
  text: inline({ text: string() }),
  link: inline({ url, text: optional(string()), unsafe: optional(boolean) }),
  user: inline({ user_id: string() }),
  usergroup: inline({ usergroup_id: string() }),
  channel: inline({ channel_id: string() }),
  team: inline({ team_id: string() }),
  broadcast: inline({ range: choice('here', 'channel', 'everyone') }),
  emoji: inline({ name: string(), unicode: optional(string()), url: optional(url) }),
  date: inline({ timestamp: number(0), format: string(), url: optional(url), fallback: optional(string()) }),
  color: inline({ value: string() }),
};

const anyInline = oneOfTypes('inline', ...Object.keys(INLINE));
const bordered = { border: optional(choice(0, 1)) };

export const RICH_TEXT: Readonly<Record<string, Shape>> = {
  rich_text_section: { fields: { elements: arrayOf(anyInline, undefined, 0) } },
  rich_text_list: {
    fields: {
      elements: arrayOf(oneOfTypes('richText', 'rich_text_section')),
      style: choice('bullet', 'ordered'),
      indent: optional(integer(0, 8)),
      offset: optional(integer(0, Number.MAX_SAFE_INTEGER)),
      ...bordered,
    },
  },
  rich_text_quote: { fields: { elements: arrayOf(anyInline, undefined, 0), ...bordered } },
  rich_text_preformatted: {
    fields: { elements: arrayOf(oneOfTypes('inline', 'text', 'link'), undefined, 0), ...bordered },
  },
};
