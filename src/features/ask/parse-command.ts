import { toOneLine, unescapeCommandText } from '../../blocks/text.ts';

/** The meaning of the text after the command. */
export type ParsedCommand =
  | { readonly kind: 'new'; readonly project: string }
  | { readonly kind: 'help' }
  | { readonly kind: 'history'; readonly words: readonly string[] }
  | { readonly kind: 'privacy' };

const MOST_SEARCH_WORDS = 10;

/**
 * Parses the text after the command. A first word of `help`, `history`, `privacy` or `new`, in any letter case, selects
 * what to do. All other text is the project's name.
 */
export function parseCommand(text: string): ParsedCommand {
  const typed = toOneLine(unescapeCommandText(text));
  const [first = '', ...rest] = typed.split(' ');
  switch (first.toLowerCase()) {
    case 'help':
      return { kind: 'help' };
    case 'privacy':
      return { kind: 'privacy' };
    case 'history':
      return {
        kind: 'history',
        words: rest.slice(0, MOST_SEARCH_WORDS).map((word) => [...word].slice(0, 80).join('')),
      };
    case 'new':
      return { kind: 'new', project: rest.join(' ') };
    default:
      return { kind: 'new', project: typed };
  }
}
