import { type ComponentChildren, h, type VNode } from 'preact';

type Attributes = Record<string, unknown>;

/** `el('p.hint', {}, 'text')`: a tag with classes, attributes and children. Text is always text, never markup. */
export function el(tag: string, attributes: Attributes = {}, ...children: ComponentChildren[]): VNode {
  const [name = 'div', ...classes] = tag.split('.');
  return h(name, classes.length > 0 ? { ...attributes, class: classes.join(' ') } : attributes, ...children);
}
