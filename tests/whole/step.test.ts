import { describe, expect, it, onTestFinished } from 'vitest';
import { loadRubric } from '../../src/advice/rubric/rubric.ts';
import { STEP } from '../../src/blocks/ids.ts';
import { buildWorkflowStep } from '../../src/manifest/step.ts';
import { temporaryFolder } from '../support/folder.ts';
import { type LocalSlack, startSlack } from '../support/local-slack.ts';
import { startProcess } from '../support/process.ts';

const rubric = loadRubric();

const SIGNING_SECRET = 'whole-process-secret';

async function running(transport: 'http' | 'socket'): Promise<LocalSlack> {
  const slack = await startSlack();
  onTestFinished(() => slack.close());
  const bot = startProcess(temporaryFolder(), {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: 'bot.db',
    ...(transport === 'http'
      ? { SLACK_SIGNING_SECRET: SIGNING_SECRET, HOST: '127.0.0.1', PORT: '0' }
      : { SLACK_APP_TOKEN: slack.appToken }),
  });
  const { port } = await bot.log((line) => line.msg === 'ready');
  slack.sendTo(
    transport === 'http'
      ? { url: `http://127.0.0.1:${port}/slack/events`, signingSecret: SIGNING_SECRET }
      : 'socket',
  );
  return slack;
}

/** As Slack knows the step from the manifest: outputs that do not fit are refused. */
const outputs = buildWorkflowStep(rubric.questions).output_parameters;
const step = (inputs: Record<string, string>) => ({
  callbackId: STEP.callback,
  inputs,
  outputParameters: Object.entries(outputs.properties).map(([name, { type }]) => ({
    name,
    type,
    isRequired: outputs.required.includes(name),
  })),
});

describe.each(['http', 'socket'] as const)('a workflow over %s', (transport) => {
  it('gets the card posted and the advice back; what it lacks is told', async () => {
    const slack = await running(transport);
    const { id, delivered } = await slack.runStep(
      step({ project: 'Billing portal', channel: 'C0WEB', asker: 'U0ANA', admin: 'yes', size: 'grow' }),
    );
    expect(delivered.status).toBe(200);
    const ended = await slack.until(
      ({ executions }) => executions.find((run) => run.id === id && run.state !== 'running'),
      15_000,
    );
    expect(ended).toMatchObject({
      state: 'succeeded',
      outputs: { verdict: 'django', summary: expect.stringMatching(/^Billing portal: .*Django/) },
    });
    const [card] = slack.messages('C0WEB');
    expect(String(ended.outputs?.permalink)).toContain(card?.ts.replace('.', ''));
    expect(card?.text).toContain('a workflow for <@U0ANA> asked');

    const other = await slack.runStep(step({ project: 'Secret', channel: 'C0SECRET' }));
    const failed = await slack.until(
      ({ executions }) => executions.find((run) => run.id === other.id && run.state === 'failed'),
      15_000,
    );
    expect(failed.error).toContain('/invite @django-or-flask');
    expect(slack.complaints).toEqual([]);
  });
});
