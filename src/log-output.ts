import pino, { type DestinationStream } from 'pino';

/**
 * Standard output, written to once in a turn of the event loop, whatever the number of lines: under load each write
 * would cost more than what it says. A process that ends, by an error too, writes what it has; only one that is killed
 * loses the lines of its last turn.
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
      if (lines === '') setImmediate(flush);
      lines += line;
    },
  };
}
