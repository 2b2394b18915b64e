/** What is wrong with the settings, each fault in a sentence. */
export class Faults extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`Renkei cannot start:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'Faults';
    this.faults = faults;
  }
}
