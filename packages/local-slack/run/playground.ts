import type { LocalSlack } from '../local-slack.ts';
import { servePage } from '../server/page-server.ts';
import { type AppSession, type AppSessionOptions, deleteDatabase, startAppSession } from './app-session.ts';

export interface PlaygroundOptions extends AppSessionOptions {
  /** Port of the page. If another program uses it, any free port. */
  readonly port: number;
  /** Folder that is kept at the end and that "Start over" empties; null if the folder is temporary. */
  readonly keptFolder?: string | null;
}

export interface Playground {
  readonly url: string;
  readonly logFile: string;
  /** The current Slack, which "Start over" replaces. Null while that happens. */
  slack(): LocalSlack | null;
  stop(): Promise<void>;
}

/** Starts a local Slack, its app and the page. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { logFile, ...first } = await startAppSession(options);
  let stage: Pick<AppSession, 'slack' | 'stop'> | null = first;
  let starting: Promise<void> | null = null;
  const replaceStage = async (): Promise<void> => {
    const old = stage;
    stage = null;
    await old?.stop();
    deleteDatabase(options.folder);
    stage = await startAppSession(options);
  };
  const startOver = (): Promise<void> => {
    // A second caller waits for the first. After a failure, the next caller tries again.
    starting ??= replaceStage().finally(() => {
      starting = null;
    });
    return starting;
  };
  const page = await servePage({
    slack: () => stage?.slack ?? null,
    startOver,
    keptFolder: options.keptFolder ?? null,
    app: options.app.surfaces,
    port: options.port,
  });
  return {
    url: page.url,
    logFile,
    slack: () => stage?.slack ?? null,
    stop: async () => {
      // The caller of startOver handles its error.
      await starting?.catch(() => {});
      await stage?.stop();
      await page.close();
    },
  };
}
