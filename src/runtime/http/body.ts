// Reads the body of a request whose sender is not known yet.
import type { IncomingMessage } from 'node:http';

/** A request whose sender is unknown. It counts against the limits until it is verified, answered or dropped. */
export interface UnverifiedRequest {
  /** Counts more memory. This may drop the request. */
  grow(bytes: number): void;
  /** The signature is valid: neither the request nor its connection counts as unverified any more. */
  verified(): void;
  /** Called when the request is dropped. */
  onDrop: () => void;
}

/** The body is larger than allowed; the rest of it was not read. */
export class TooLargeError extends Error {
  override name = 'TooLargeError';
}

/** Each chunk takes 4 µs to handle, however small, and one packet can hold 10,000 chunks. */
const MOST_CHUNKS_IN_PACKET = 64;
const WORTH_FREEING_BYTES = 4_096;
const NO_BYTES = Buffer.alloc(0);

/**
 * Frees a large buffer's memory at once, unless the buffer starts within a shared one. The garbage collector would free
 * it later, and under a flood 100 MB pile up before that.
 */
export function freeBuffer({ buffer, byteOffset, byteLength }: Uint8Array): void {
  if (byteLength < WORTH_FREEING_BYTES || byteOffset > 0) return;
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}

/**
 * Reads a request's body. Rejects with TooLargeError, or with another error if the request is dropped or its sender
 * hangs up. Allocates and counts memory only for bytes that have arrived.
 */
export function readBody(
  req: IncomingMessage,
  limitBytes: number,
  request: Pick<UnverifiedRequest, 'grow' | 'onDrop'> = { grow: () => {}, onDrop: () => {} },
): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  if (Number(req.headers['content-length']) > limitBytes) {
    reject(new TooLargeError());
    return promise;
  }
  let body: Buffer = NO_BYTES;
  let size = 0;
  let packet = 0;
  let chunks = 0;
  const giveUp = (error: Error): void => {
    req.off('data', onData);
    req.on('data', freeBuffer);
    freeBuffer(body);
    body = NO_BYTES;
    reject(error);
  };
  const onData = (chunk: Buffer): void => {
    const before = body.length;
    const newSize = size + chunk.length;
    const { bytesRead } = req.socket;
    chunks = packet === bytesRead ? chunks + 1 : 1;
    packet = bytesRead;
    // Close without a response: Node would parse the rest of the packet first.
    if (chunks > MOST_CHUNKS_IN_PACKET) req.socket.destroy();
    if (newSize > limitBytes) {
      giveUp(new TooLargeError());
      return;
    }
    if (size === 0) body = chunk;
    else {
      // Use one buffer that doubles: a list of one-byte chunks would take a hundred times their length.
      if (newSize > body.length) {
        const larger = Buffer.allocUnsafeSlow(Math.min(Math.max(2 * body.length, newSize), limitBytes));
        body.copy(larger, 0, 0, size);
        freeBuffer(body);
        body = larger;
      }
      chunk.copy(body, size);
      freeBuffer(chunk);
    }
    size = newSize;
    if (body.length > before) request.grow(body.length - before);
  };
  request.onDrop = () => giveUp(new Error('dropped before all of it arrived'));
  // Events, because an iterator takes as long as checking the signature.
  req.on('data', onData);
  req.on('end', () => resolve(body.subarray(0, size)));
  // Node also emits `error` when the sender hangs up.
  req.on('error', reject);
  return promise;
}
