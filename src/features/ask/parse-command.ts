import { oneLine, unescapeIncoming } from '../../blocks/text.ts';

/** What somebody typed after the command. */
export type ParsedCommand =
  | { readonly kind: 'new'; readonly project: string }
  | { readonly kind: 'help' }
  | { readonly kind: 'history'; readonly words: readonly string[] }
  | { readonly kind: 'privacy' };

const MOST_SEARCH_WORDS = 10;

/**
 * `help`, `history [words]`, `privacy` and `new <name>` when they are the whole first word, in any case;
 * everything else is the project's name.
 */
export function parseCommand(text: string): ParsedCommand {
  const typed = oneLine(unescapeIncoming(text));
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
