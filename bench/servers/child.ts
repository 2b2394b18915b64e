/** What a server of the bench is told when it starts. */
export interface Start {
  readonly databaseUrl: string;
  readonly port: number;
  /** How far its clock is ahead of the machine's, in milliseconds. */
  readonly clockAheadMs: number;
  /** Whether it also does what is due, talks included. */
  readonly hasJobs: boolean;
}

/** What a server has used since it began. */
export interface Used {
  /** The most memory it has held, in megabytes. */
  readonly peakMb: number;
  /** Processor time, in microseconds. */
  readonly micros: number;
}

export const API_KEY = 'bench-api-key-that-is-long-enough-0';
export const CHANNEL_SECRET = 'bench-channel-secret';

/** A server in a process of its own: started by a message, asked what it used by another, ended with its parent. */
export function serveAs(start: (asked: Start) => Promise<unknown>): void {
  process.once('message', (asked: Start) => {
    start(asked).then(
      () => {
        process.on('message', () => {
          const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
          process.send?.({ peakMb: Math.round(maxRSS / 1_024), micros: userCPUTime + systemCPUTime } satisfies Used);
        });
        process.send?.('ready');
      },
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.once('disconnect', () => process.exit(0));
}
