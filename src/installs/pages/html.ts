/** HTML that may go into a page as it is. Only `html` and `trusted` make it. */
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
 * Builds HTML. A string or number between the literal parts is text, whatever it looks like: it can close
 * neither the element nor the attribute that it stands in. Null is nothing.
 *
 * @throws where a value stands in a place in which no escaping helps: in a tag outside of double quotes
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

/** For what this program wrote itself, never for anything that came from outside. */
export const trustedHtml = (text: string): Html => new Html(text);

/**
 * A link, or its text alone where nobody should be sent to such an address (`javascript:…`). Addresses on
 * this server begin with `/`.
 */
export function link(address: string, text: HtmlValue, look: 'link' | 'button' = 'link'): Html {
  return isSafeAddress(address) ? html`<a class="${look}" href="${address}">${text}</a>` : html`${text}`;
}

function isSafeAddress(address: string): boolean {
  const url = URL.parse(address, 'https://here.invalid/');
  return url !== null && ['https:', 'http:', 'mailto:', 'slack:'].includes(url.protocol);
}

/** A name that somebody gave: its writing direction stays its own. */
export const nameHtml = (given: string): Html => html`<bdi>${given}</bdi>`;

type Place = 'text' | 'tag' | 'attribute';
const NEXT: Readonly<Record<Place, Readonly<Record<string, Place>>>> = {
  text: { '<': 'tag' },
  tag: { '>': 'text', '"': 'attribute' },
  attribute: { '"': 'tag' },
};

/** Where each value stands, as far as the literal parts before it tell. */
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
      // Browsers drop some of these and stumble over others; nobody can read any of them.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about
      .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, '\ufffd')
      .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
  );
}
