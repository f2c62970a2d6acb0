import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../app-manifest.ts';
import type { LocalSlack } from '../local-slack.ts';
import { sampleWorkspace } from '../sample-workspace.ts';
import { startSlack } from '../server/slack-server.ts';
import type { IdSource } from '../state/ids.ts';
import { DATABASE_FILE, startApp } from './app-process.ts';
import type { Command, Transport } from './command-line.ts';

export interface AppSessionOptions {
  readonly app: App;
  /** Command that starts the app. */
  readonly command: Command;
  /** Folder for the app's database and log. */
  readonly folder: string;
  readonly transport: Transport;
  /** Must not repeat an id of an earlier run in this folder, because the app's database still has it. */
  readonly newId: IdSource;
  /** Slack's time in milliseconds since 1970. Default: the machine's time. */
  readonly now?: () => number;
  /** Called when the app exits without `stop()`. */
  onAppExit(code: number | null): void;
}

/** A local Slack with a connected app. */
export interface AppSession {
  readonly slack: LocalSlack;
  readonly logFile: string;
  stop(): Promise<void>;
}

/** Resolves when people can use the app. Rejects if the app exits first. */
export async function startAppSession(options: AppSessionOptions): Promise<AppSession> {
  const { app, command, folder, transport, newId, now, onAppExit: onAppGone } = options;
  const slack = await startSlack({
    workspace: sampleWorkspace(app.bot),
    newId,
    ...(now === undefined ? {} : { now }),
    events: app.events,
    rateLimits: true,
    redeliverEvents: true,
  });
  let stopping = false;
  try {
    const { logFile, ended, stop } = await startApp(slack, command, transport, folder);
    void ended.then((code) => {
      if (!stopping) onAppGone(code);
    });
    return {
      slack,
      logFile,
      stop: async () => {
        stopping = true;
        // An app may finish its calls before it exits, and a hanging call would block the exit.
        slack.faults.clear();
        await stop();
        await slack.close();
      },
    };
  } catch (error) {
    await slack.close();
    throw error;
  }
}

/** Deletes the app's database and SQLite's files beside it. The app must not be running. */
export function deleteDatabase(folder: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) {
    rmSync(join(folder, DATABASE_FILE + suffix), { force: true });
  }
}
