import { useState } from 'preact/hooks';

/** Runs something that may fail and keeps the sentence to show when it did. */
export function useTry(failed: string): { attempt: (work: () => Promise<unknown>) => Promise<void>; note: string } {
  const [note, setNote] = useState('');
  const attempt = async (work: () => Promise<unknown>) => {
    setNote('');
    await work().catch((error: unknown) => setNote(`${failed}: ${error instanceof Error ? error.message : error}`));
  };
  return { attempt, note };
}
