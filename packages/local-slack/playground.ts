import { readSurfaces } from './app-manifest.ts';
import type { LocalSlack } from './local-slack.ts';
import { servePage } from './server/page-server.ts';
import { clearData, type Stage, type StageOptions, startStage } from './stage.ts';

export interface PlaygroundOptions extends StageOptions {
  /** Of the page; another free one is taken where it is not free. */
  readonly port: number;
  /** The folder that stays when the playground ends, and that "Start over" empties; null where nothing stays. */
  readonly keeps?: string | null;
}

export interface Playground {
  readonly url: string;
  readonly logFile: string;
  /** The Slack of now: "Start over" brings another one, and there is none meanwhile. */
  slack(): LocalSlack | null;
  stop(): Promise<void>;
}

/** The bot, its Slack, and the page: everything that `npm run playground` shows. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { logFile, ...first } = await startStage(options);
  let stage: Pick<Stage, 'slack' | 'stop'> | null = first;
  let starting: Promise<void> | null = null;
  const startAnew = async (): Promise<void> => {
    const old = stage;
    stage = null;
    await old?.stop();
    clearData(options.folder);
    stage = await startStage(options);
  };
  const startOver = (): Promise<void> => {
    // Whoever comes second waits for the first; after a failure the next one tries again.
    starting ??= startAnew().finally(() => {
      starting = null;
    });
    return starting;
  };
  const page = await servePage({
    slack: () => stage?.slack ?? null,
    startOver,
    keeps: options.keeps ?? null,
    app: readSurfaces(),
    port: options.port,
  });
  return {
    url: page.url,
    logFile,
    slack: () => stage?.slack ?? null,
    stop: async () => {
      // Whoever started over hears of a failure.
      await starting?.catch(() => {});
      await stage?.stop();
      await page.close();
    },
  };
}
