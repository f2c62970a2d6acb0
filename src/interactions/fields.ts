// Reads fields of untrusted payloads. A zod schema would take longer than the rest of the request.

/** Returns an own property. Returns undefined if there is none, or if the value is not an object. */
export function readField(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? Reflect.get(of, name) : undefined;
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
