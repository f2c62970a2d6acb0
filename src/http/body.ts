import type { IncomingMessage } from 'node:http';

/** The body is larger than allowed; the rest of it was not read. */
export class TooLargeError extends Error {
  override name = 'TooLargeError';
}

/** Reads a request's body. Throws TooLargeError, or an error where the sender hung up. */
export async function readBody(req: IncomingMessage, limitBytes: number): Promise<Buffer> {
  if (Number(req.headers['content-length']) > limitBytes) throw new TooLargeError();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > limitBytes) throw new TooLargeError();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
