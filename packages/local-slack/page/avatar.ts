import type { VNode } from 'preact';
import { el } from './element.ts';

const SHADES = 6;

/** An initial on a shade of colour. Hidden from screen readers, because the name is beside it. */
export function Avatar({ id, name }: { readonly id: string; readonly name: string }, kind = 'person'): VNode {
  const shade = [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % SHADES;
  const face = kind === 'app' ? name.slice(0, 2).toLowerCase() : name.slice(0, 1).toUpperCase();
  return el(
    kind === 'app' ? 'span.avatar.of-app' : `span.avatar.shade-${shade}`,
    { 'aria-hidden': 'true' },
    face,
  );
}
