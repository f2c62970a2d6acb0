import type { IncomingMessage } from 'node:http';

/** The body is larger than allowed; the rest of it was not read. */
export class TooLargeError extends Error {
  override name = 'TooLargeError';
}

/** Reads a request's body. Rejects with TooLargeError, or with an error where the sender hung up. */
export function readBody(req: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  if (Number(req.headers['content-length']) > limitBytes) {
    reject(new TooLargeError());
    return promise;
  }
  // With events, not as an iterator: that one takes as long as checking the signature.
  const chunks: Buffer[] = [];
  let size = 0;
  req.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > limitBytes) {
      req.pause();
      reject(new TooLargeError());
    } else chunks.push(chunk);
  });
  req.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
  // Of a sender who hangs up as well. An error of our own, made at each end, would cost as much as the signature.
  req.on('error', reject);
  return promise;
}
