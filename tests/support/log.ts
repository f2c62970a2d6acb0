import { createLogger, type Logger } from '../../src/runtime/logging.ts';

/** A real logger whose lines a test can read. */
export function recordingLogger(level: 'debug' | 'info' = 'debug'): {
  logger: Logger;
  lines: Record<string, unknown>[];
  raw: () => string;
} {
  const lines: Record<string, unknown>[] = [];
  const raw: string[] = [];
  const logger = createLogger(level, {
    write: (line: string) => {
      raw.push(line);
      lines.push(JSON.parse(line));
    },
  });
  return { logger, lines, raw: () => raw.join('') };
}
