import { Socket } from 'node:net';

/**
 * A socket that sends what is written in one turn of the event loop as one piece. The driver writes statement by statement;
 * eight that are asked together were eight system calls here, and the database was woken for each.
 */
export class GatheringSocket extends Socket {
  #isGathering = false;

  /** The driver corks around each statement. The first of a turn is held until the turn ends, and the others with it. */
  override cork(): void {
    super.cork();
    if (this.#isGathering) return;
    this.#isGathering = true;
    super.cork();
    process.nextTick(() => {
      this.#isGathering = false;
      super.uncork();
    });
  }
}
