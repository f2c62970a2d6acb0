import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a scenario has started, ended in reverse order whatever becomes of it. */
export interface Stage {
  /** Of its own, removed at the end. */
  readonly folder: string;
  atEnd(call: () => unknown): void;
}

export async function onStage<T>(play: (stage: Stage) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'django-or-flask-soak-'));
  const calls: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    return await play({ folder, atEnd: (call) => void calls.unshift(call) });
  } finally {
    for (const call of calls) await call();
  }
}
