import pino, { type DestinationStream, type Logger } from 'pino';

export type { Logger };

/**
 * The log: JSON lines on standard output. What names a person never gets in: callers pass ids of ours and codes, and the
 * fields below are removed wherever they stand.
 */
export function createLog(level: string = process.env.LOG_LEVEL ?? 'info', destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    redact: { paths: REDACTED.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), remove: true },
    serializers: { err: withoutDetail },
  };
  return destination ? pino(options, destination) : pino(options);
}

const REDACTED = [
  'password',
  'secret',
  'token',
  'code',
  'linkToken',
  'nonce',
  'authorization',
  'cookie',
  'name',
  'displayName',
  'msisdn',
  'email',
  'birthDate',
];

/** An error without what a database adds to it: `detail` and `parameters` quote rows. */
function withoutDetail(error: Error): Record<string, unknown> {
  return { type: error.name, message: error.message.split('\n')[0], stack: error.stack };
}
