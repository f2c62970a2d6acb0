// Standard output for the log. A stuck reader doesn't hold up the process: lines are dropped and counted.
import { constants, openSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { DestinationStream } from 'pino';

const STDOUT = 1;
/** Most bytes to keep for a slow reader. A line has about 200. */
const MOST_WAITING = 256 * 1024;
const RETRY_MS = 50;
/** How long a burst of lines in one turn waits for the reader, before the reader counts as stuck. */
const BURST_WAIT_MS = 20;
/** How long a process that exits waits for the reader. */
const EXIT_WAIT_MS = 1_000;
const NEWLINE = 0x0a;
const NO_BYTES = Buffer.alloc(0);

export interface LogOutput extends DestinationStream {
  /** Lines dropped since the start. */
  dropped(): number;
}

/**
 * Writes all lines of one turn of the event loop together. If the reader of a pipe or socket is stuck, it keeps 256 kB
 * and drops later lines. If a write fails (full disk, reader gone), it drops what it has. A log line says how many.
 */
export function openStandardOutput(): LogOutput {
  const fd = descriptor();
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  /** Bytes being written. Any dropped lines came after these. */
  let pending: Buffer = NO_BYTES;
  /** Lines to write next. */
  let lines = '';
  /** Dropped lines that no log line counts yet. */
  let untold = 0;
  /** Dropped lines that the line in `pending` counts. */
  let told = 0;
  let total = 0;
  let isMidLine = false;
  let isScheduled = false;

  const drop = (count: number): void => {
    untold += count;
    total += count;
  };

  /** Drops all but the rest of a half-written line. Called after an error. */
  const dropAll = (readerIsGone: boolean): void => {
    const end = isMidLine ? pending.indexOf('\n') + 1 : 0;
    // The first half of that line went to the old reader.
    const rest = readerIsGone ? NO_BYTES : pending.subarray(0, end);
    const lost = linesIn(pending) - linesIn(rest) + linesIn(lines);
    if (told > 0 && rest.length === 0) {
      untold += told;
      drop(lost - 1);
    } else drop(lost);
    isMidLine = rest.length > 0;
    pending = rest;
    told = 0;
    lines = '';
  };

  /** Writes what it can. Returns false if the reader must read first. */
  const flush = (): boolean => {
    for (;;) {
      if (pending.length === 0) {
        told = untold;
        pending = Buffer.from(told > 0 ? lineAbout(told) : lines);
        if (told > 0) untold = 0;
        else lines = '';
        if (pending.length === 0) return true;
      }
      try {
        const written = writeSync(fd, pending);
        isMidLine = written > 0 ? pending[written - 1] !== NEWLINE : isMidLine;
        pending = pending.subarray(written);
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        if (code === 'EAGAIN') return false;
        dropAll(code === 'EPIPE');
        return true;
      }
    }
  };

  const flushAndRetry = (): void => {
    isScheduled = !flush();
    if (isScheduled) setTimeout(flushAndRetry, RETRY_MS).unref();
  };

  /** Flushes, and waits up to `ms` for the reader. Returns false if the reader was too slow. */
  const flushWithin = (ms: number): boolean => {
    for (let waited = 0; !flush(); waited += 1) {
      if (waited >= ms) return false;
      Atomics.wait(sleeper, 0, 0, 1);
    }
    return true;
  };

  process.once('exit', () => flushWithin(EXIT_WAIT_MS));

  return {
    write: (line) => {
      if (untold === 0 && pending.length + lines.length > MOST_WAITING && !flushWithin(BURST_WAIT_MS)) {
        // Lines are missing from here on. The line that says so comes after all earlier ones.
        pending = Buffer.concat([pending, Buffer.from(lines)]);
        lines = '';
        drop(1);
      } else if (untold > 0 && pending.length > 0) drop(1);
      else lines += line;
      if (isScheduled) return;
      isScheduled = true;
      setImmediate(flushAndRetry);
    },
    dropped: () => total,
  };
}

function linesIn(text: string | Buffer): number {
  return text.toString().split('\n').length - 1;
}

/** Returns a line in pino's format. */
function lineAbout(dropped: number): string {
  const time = new Date().toISOString();
  const msg = 'log lines dropped: the log could not be written, or its reader was too slow';
  return `${JSON.stringify({ level: 'warn', time, dropped, msg })}\n`;
}

/** Returns a descriptor on which a write doesn't wait for the reader, if the system allows it. */
function descriptor(): number {
  if (isatty(STDOUT)) {
    try {
      return openSync('/proc/self/fd/1', constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    } catch {
      return STDOUT; // Not Linux, or another user's terminal.
    }
  }
  // Node makes pipes and sockets non-blocking when it first looks at them. Files never wait for a reader.
  void process.stdout;
  return STDOUT;
}
