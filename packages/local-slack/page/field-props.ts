import type { Json } from './api.ts';
import type { BlockContext } from './block-context.ts';

/** A field's id, and its attributes for screen readers. */
export interface AriaProps {
  readonly id?: string;
  readonly 'aria-label'?: string;
  readonly 'aria-labelledby'?: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: 'true' | 'false';
}

export interface FieldProps {
  readonly block: Json;
  readonly element: Json;
  readonly context: BlockContext;
  readonly state: Json;
}
