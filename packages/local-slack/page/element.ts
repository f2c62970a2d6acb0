import { type ComponentChildren, h, type VNode } from 'preact';

type Attributes = Record<string, unknown>;

/** Creates an element: `el('p.hint', {}, 'text')`. Text children are never parsed as markup. */
export function el(tag: string, attributes: Attributes = {}, ...children: ComponentChildren[]): VNode {
  const [name = 'div', ...classes] = tag.split('.');
  return h(name, classes.length > 0 ? { ...attributes, class: classes.join(' ') } : attributes, ...children);
}
