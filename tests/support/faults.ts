import { Faults } from '../../src/operator-folder/faults.ts';

/** What is told to be wrong by whoever reads settings or the operator's folder; nothing where they are read. */
export function faultsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof Faults) return error.faults;
    throw error;
  }
  return [];
}
