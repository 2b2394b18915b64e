import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stage, startStage } from '../testing/stage.ts';

// The bots of examples/, unchanged, in processes of their own: they know LINE's documentation and nothing of us.

const channelSecret = 'my-secret';
const hasPython = spawnSync('python3', ['--version']).status === 0;
if (!hasPython) console.warn('python3 is not on this machine: of the example bots only the one in plain Node is tried');
const bots: [file: string, program: string][] = [
  ['echo-bot.mjs', process.execPath],
  ...(hasPython ? [['echo-bot.py', 'python3'] as [string, string]] : []),
];

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ channelSecret });
});
afterAll(() => stage.stop());

/** The bot's process and where it hears webhooks. */
async function startExample(file: string, program: string): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(program, [fileURLToPath(new URL(`../examples/${file}`, import.meta.url)), '0'], {
    env: {
      ...process.env,
      CHANNEL_SECRET: channelSecret,
      CHANNEL_ACCESS_TOKEN: 'a-token-from-the-console',
      LINE_API: stage.origins.api,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(child.stdout, 'data');
  return { url: String(said).trim().replace('listening ', ''), child };
}

test.each(bots)('%s greets and answers; a forged webhook it refuses', { timeout: 30_000 }, async (file, program) => {
  await stage.control('POST', '/reset');
  const { url, child } = await startExample(file, program);
  try {
    await stage.client.setWebhookEndpoint({ endpoint: url });
    expect(await stage.client.testWebhookEndpoint({})).toMatchObject({ success: true, statusCode: 200 });
    const taro = await stage.person('たろう');
    const heard = async () =>
      (await stage.screen(taro)).talk.flatMap(({ from, message }) => (from === 'account' ? [message.text] : []));
    await stage.control('POST', `/people/${taro.userId}/follow`);
    await expect.poll(heard, { timeout: 10_000 }).toEqual(['たろうさん、はじめまして！']);
    await stage.control('POST', `/people/${taro.userId}/say`, { text: 'ギガください🤨' });
    await expect.poll(heard, { timeout: 10_000 }).toEqual(['たろうさん、はじめまして！', 'ギガください🤨']);
    await stage.control('POST', '/faults', { webhook: { wrongSecret: 1 } });
    await stage.control('POST', `/people/${taro.userId}/say`, { text: '偽物' });
    await stage.settled();
    expect(stage.simulator.world.calls.since(0).at(-1)).toMatchObject({ direction: 'webhook', status: 401 });
  } finally {
    child.kill();
  }
});
