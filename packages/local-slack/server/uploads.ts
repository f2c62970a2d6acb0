import type { IncomingMessage } from 'node:http';
import { Refusal } from '../state/refusal.ts';
import { readBytes } from './http.ts';

/** Reads an upload: the raw body, or the first file of a multipart form. */
export async function readUpload(req: IncomingMessage): Promise<Buffer> {
  const bytes = await readBytes(req);
  const type = req.headers['content-type'] ?? '';
  if (!type.toLowerCase().startsWith('multipart/form-data')) return bytes;
  const form = await formOf(bytes, type);
  for (const value of form.values()) {
    if (typeof value !== 'string') return Buffer.from(await value.arrayBuffer());
  }
  throw new Refusal('no_file_data');
}

async function formOf(bytes: Buffer, type: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  } catch {
    throw new Refusal('invalid_form_data');
  }
}
