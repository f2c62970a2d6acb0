import pino, { type DestinationStream } from 'pino';

/** Nobody who reads along notices; under load it is forty lines instead of eight. */
const WRITTEN_WITHIN_MS = 10;

/**
 * Standard output, written to once in a while, whatever the number of lines: under load each write would cost more than
 * what it says. A process that ends, by an error too, writes what it has; only one that is killed loses the lines of
 * its last hundredth of a second.
 */
export function standardOutput(): DestinationStream {
  const output = pino.destination({ dest: 1, sync: true });
  let lines = '';
  const flush = (): void => {
    const toWrite = lines;
    lines = '';
    if (toWrite !== '') output.write(toWrite);
  };
  process.once('exit', flush);
  return {
    write: (line) => {
      if (lines === '') setTimeout(flush, WRITTEN_WITHIN_MS);
      lines += line;
    },
  };
}
