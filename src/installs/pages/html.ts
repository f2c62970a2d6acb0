/** HTML that needs no escaping. Only `html` and `trustedHtml` create it. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

export type HtmlValue = string | number | Html | readonly Html[] | null;

/**
 * Builds HTML from a template. Strings and numbers are escaped, so they can't close their element or attribute. Null
 * becomes an empty string.
 *
 * @throws if a value is inside a tag but outside double quotes, where escaping doesn't help
 */
export function html(literals: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const places = placesIn(literals);
  const filled = values.map((value, i) => {
    const place = places[i];
    if (place === 'tag') throw new Error('a value in a tag must stand in double quotes');
    if (value === null) return '';
    if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
    if (place === 'attribute') throw new Error('HTML cannot stand in an attribute');
    return value instanceof Html ? value.toString() : value.join('');
  });
  return new Html(literals.map((literal, i) => literal + (filled[i] ?? '')).join(''));
}

/** Marks text as HTML without escaping. Use it only for literals, never for input. */
export const trustedHtml = (text: string): Html => new Html(text);

/**
 * Returns a link; only its text if the address has an unsafe scheme, such as `javascript:`. Addresses on this server
 * begin with `/`.
 */
export function link(address: string, text: HtmlValue, look: 'link' | 'button' = 'link'): Html {
  return isSafeAddress(address) ? html`<a class="${look}" href="${address}">${text}</a>` : html`${text}`;
}

function isSafeAddress(address: string): boolean {
  const url = URL.parse(address, 'https://here.invalid/');
  return url !== null && ['https:', 'http:', 'mailto:', 'slack:'].includes(url.protocol);
}

/**
 * Returns a name that people chose, in an element that keeps its writing direction from affecting the text around it.
 */
export const nameHtml = (given: string): Html => html`<bdi>${given}</bdi>`;

type Place = 'text' | 'tag' | 'attribute';
const NEXT: Readonly<Record<Place, Readonly<Record<string, Place>>>> = {
  text: { '<': 'tag' },
  tag: { '>': 'text', '"': 'attribute' },
  attribute: { '"': 'tag' },
};

/** Returns the position of each value, computed from the literal parts before it. */
function placesIn(literals: readonly string[]): Place[] {
  let place: Place = 'text';
  return literals.map((literal) => {
    for (const character of literal) place = NEXT[place][character] ?? place;
    return place;
  });
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return (
    text
      .toWellFormed()
      // Replaces control characters: they are invisible, and browsers drop some of them.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern must match them
      .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, '\ufffd')
      .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
  );
}
