import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';

/** What a simulated company remembers: a file of JSON lines, each on disk before anybody is told of it. */
export interface Journal<Entry> {
  readonly entries: readonly Entry[];
  write(entry: Entry): void;
  /** Forgets everything: the demo begins anew. */
  empty(): void;
  close(): void;
}

/** @param file null: it remembers as long as it runs. A last line that a kill cut off is no entry. */
export function openJournal<Entry>(file: string | null, shape: z.ZodType<Entry>): Journal<Entry> {
  const entries: Entry[] = [];
  let handle: number | null = null;
  if (file !== null) {
    mkdirSync(dirname(file), { recursive: true });
    entries.push(...read(file, shape));
    handle = openSync(file, 'a');
    // What follows a line that was cut off would be cut off with it.
    writeSync(handle, '\n');
  }
  return {
    entries,
    write(entry) {
      if (handle !== null) {
        writeSync(handle, `${JSON.stringify(entry)}\n`);
        fsyncSync(handle);
      }
      entries.push(entry);
    },
    empty() {
      entries.length = 0;
      if (file === null || handle === null) return;
      closeSync(handle);
      rmSync(file);
      handle = openSync(file, 'a');
    },
    close() {
      if (handle !== null) closeSync(handle);
      handle = null;
    },
  };
}

function read<Entry>(file: string, shape: z.ZodType<Entry>): Entry[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    try {
      const entry = shape.safeParse(JSON.parse(line));
      return entry.success ? [entry.data] : [];
    } catch {
      return [];
    }
  });
}
