import { createApp } from '../../src/app.ts';
import { createAdjustableClock } from '../../src/base/clock.ts';
import { makeKeys } from '../../src/infra/secrets.ts';
import { createLog, linesTo } from '../../src/infra/telemetry/log.ts';
import { loadFaq } from '../../src/operator-folder/load-faq.ts';
import { benchOperator } from '../operator.ts';
import { API_KEY, CHANNEL_SECRET, type Start, serveAs } from './child.ts';

/** The whole app, as in production but for where its log's lines go. */
serveAs(async ({ databaseUrl, port, clockAheadMs, hasJobs }: Start) => {
  const clock = createAdjustableClock();
  clock.shift(clockAheadMs);
  const nowhere = 'http://127.0.0.1:9';
  const app = await createApp(
    {
      host: '127.0.0.1',
      port,
      publicUrl: `http://127.0.0.1:${port}`,
      databaseUrl,
      dataDir: 'data',
      roles: new Set(hasJobs ? ['web', 'jobs'] : ['web']),
      line: {
        channelId: '1',
        channelSecrets: [CHANNEL_SECRET],
        loginChannelId: '2',
        loginChannelSecret: 'bench-login-secret',
        apiBaseUrl: nowhere,
        dataApiBaseUrl: nowhere,
        accessBaseUrl: nowhere,
      },
      apiKey: API_KEY,
      mail: null,
      keys: makeKeys(),
      companies: { identity: null, payments: null, provisioning: null },
      operator: benchOperator,
      faq: { folder: 'operator/faq', first: loadFaq('operator/faq') },
      isDemo: true,
      networkEvents: null,
      changeEvents: null,
      trustedProxies: 0,
    },
    { clock, log: createLog('info', linesTo('/dev/null')) },
  );
  await app.listen();
});
