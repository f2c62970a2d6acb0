import { expect, it } from 'vitest';
import { SCRIPTS, startContender } from '../../bench/speed/contender.ts';
import { openConnection } from '../../bench/speed/load.ts';
import { articleOpened, asForm, SIGNING_SECRET, signed } from '../../bench/speed/requests.ts';
import { temporaryFolder } from '../support/folder.ts';

it('a process that stood still goes on with what has arrived, and can be ended while it does', async () => {
  const env = { SLACK_SIGNING_SECRET: SIGNING_SECRET };
  const plain = await startContender(SCRIPTS.plain, env, temporaryFolder());
  const connection = await openConnection(plain.port);
  const request = signed(asForm(articleOpened()));
  plain.pause();
  const answered = connection.ask(request);
  plain.resume();
  expect(await answered).toBe('');
  plain.pause();
  connection.close();
  await plain.stop();
});
