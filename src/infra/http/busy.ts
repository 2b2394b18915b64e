/** PostgreSQL's and the network's words for "not now": starting, stopping, only to be read, gone, out of time. */
const CODES = new Set(['57P01', '57P02', '57P03', '25006', '57014', '08000', '08001', '08003', '08006']);
/** The first digits of what it says when something is at its end: the disk, memory, connections. */
const AT_ITS_END = '53';
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT']);

/** Whether an error means "too busy or away, try again soon" (503 with Retry-After) rather than a bug (500). */
export function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (
    error.name === 'LedgerBusy' ||
    /timeout exceeded when trying to connect|Connection terminated/.test(error.message)
  ) {
    return true;
  }
  if (!('code' in error) || typeof error.code !== 'string') return false;
  const isFromNetwork = 'syscall' in error && error.syscall !== 'open';
  return CODES.has(error.code) || error.code.startsWith(AT_ITS_END) || (isFromNetwork && NETWORK.has(error.code));
}
