import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { faultsOf } from '../tests/support/faults.ts';
import { loadConfig } from './config.ts';

describe('the environment', () => {
  test('production names everything that is missing, at once', () => {
    const faults = faultsOf(() => loadConfig({ PUBLIC_URL: 'http://example.jp' }, 'production'));
    for (const name of [
      'DATABASE_URL',
      'LINE_CHANNEL_SECRET',
      'LINE_LOGIN_CHANNEL_ID',
      'RENKEI_API_KEY',
      'RENKEI_KEYS',
    ]) {
      expect(faults).toContain(`${name} is missing`);
    }
    expect(faults).toContain('PUBLIC_URL must be https');
  });

  test('what is set wrongly is told as what it must be', () => {
    const wrong = {
      PUBLIC_URL: 'https://example.jp/app',
      PORT: 'http',
      TRUSTED_PROXIES: '1.5',
      RENKEI_ROLES: 'web,all',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'postgres@example',
      LINE_CHANNEL_ID: 'renkei',
    };
    expect(faultsOf(() => loadConfig(wrong, 'production'))).toEqual(
      expect.arrayContaining([
        'PUBLIC_URL must be like https://my.example.jp, without a path',
        'PORT must be a whole number from 0 to 65535',
        'TRUSTED_PROXIES must be a whole number from 0 to 9',
        'RENKEI_ROLES must be web, jobs or web,jobs',
        'LOG_LEVEL must be debug, info, warn or error',
        'DATABASE_URL is not like postgresql://user:password@host/name',
        'LINE_CHANNEL_ID must be digits',
      ]),
    );
  });

  test('a company outside needs an address that is sealed and a secret, or neither', () => {
    const line = {
      LINE_CHANNEL_ID: '1',
      LINE_CHANNEL_SECRET: 'a'.repeat(32),
      LINE_LOGIN_CHANNEL_ID: '2',
      LINE_LOGIN_CHANNEL_SECRET: 'c'.repeat(32),
    };
    const load = (settings: object) => loadConfig({ ...line, ...settings }, 'demo');
    expect(load({}).companies).toEqual({ identity: null, payments: null, provisioning: null });
    const secret = 's'.repeat(32);
    const here = { url: 'http://127.0.0.1:9105/cards', secret };
    expect(load({ PAYMENTS_URL: `${here.url}/`, PAYMENTS_SECRET: secret }).companies.payments).toEqual(here);
    const wrong = {
      IDENTITY_URL: 'http://ekyc.example.jp',
      IDENTITY_SECRET: secret,
      PAYMENTS_URL: 'https://cards.example.jp',
      PROVISIONING_SECRET: secret,
    };
    expect(faultsOf(() => load(wrong))).toEqual([
      'IDENTITY_URL must be https',
      'PAYMENTS_SECRET is missing',
      'PROVISIONING_URL is missing',
    ]);
    const events = { NETWORK_EVENTS_URL: 'https://slow.example.jp/events', NETWORK_EVENTS_SECRET: 'whsec_short' };
    expect(faultsOf(() => load(events))).toEqual([
      'NETWORK_EVENTS_SECRET is not whsec_ and at least 32 bytes in base64',
    ]);
    expect(load({}).networkEvents).toBeNull();
  });

  test('keys that cannot be read are a fault beside the others, and are not repeated', () => {
    const faults = faultsOf(() => loadConfig({ RENKEI_KEYS: '{"1": {"lookup": "c2hvcnQ="}}' }, 'production'));
    expect(faults).toContain('RENKEI_KEYS: version 1 needs "lookup", 32 random bytes in base64');
    expect(faults).toContain('DATABASE_URL is missing');
    expect(faults.join()).not.toContain('c2hvcnQ=');
  });

  test('several channel secrets, the current one first', () => {
    const config = loadConfig(
      {
        LINE_CHANNEL_ID: '1',
        LINE_CHANNEL_SECRET: 'a'.repeat(32).concat(',', 'b'.repeat(32)),
        LINE_LOGIN_CHANNEL_ID: '2',
        LINE_LOGIN_CHANNEL_SECRET: 'c'.repeat(32),
      },
      'demo',
    );
    expect(config.line.channelSecrets).toEqual(['a'.repeat(32), 'b'.repeat(32)]);
    expect(config.publicUrl).toBe('http://127.0.0.1:3000');
  });
});

test("every setting stands in the operator's handbook once, and no other does", () => {
  const known = readFileSync('src/config.ts', 'utf8').match(/^ {2}[A-Z][A-Z_]+(?=:)/gm) ?? [];
  const settings = new Set([...known.map((name) => name.trim()), 'LOG_LEVEL']);
  const handbook = readFileSync('docs/operating/README.md', 'utf8');
  const table = handbook.slice(handbook.indexOf('| variable'), handbook.indexOf('npm ci && npm run build'));
  const rows = table.split('\n').flatMap((row) => row.split('|')[1]?.match(/[A-Z][A-Z_]+/g) ?? []);
  expect(rows.toSorted()).toEqual([...settings].toSorted());
});
