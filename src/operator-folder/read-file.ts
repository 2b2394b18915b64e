import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { z } from 'zod';

// What is wrong with a file is added to `faults`, in words that name it; reading goes on, so that one start tells them all.

/** The text of a file, or undefined when there is none. */
export function readText(path: string, faults: string[]): string | undefined {
  if (existsSync(path)) return readFileSync(path, 'utf8');
  faults.push(`${path} is missing`);
  return undefined;
}

/** A YAML file of the given shape. */
export function readYaml<Shape>(path: string, shape: z.ZodType<Shape>, faults: string[]): Shape | undefined {
  const text = readText(path, faults);
  return text === undefined ? undefined : parseYaml({ path, part: 'the file', text }, shape, faults);
}

/** A Markdown file that begins with YAML between two lines of `---`. */
export function readMarkdown<Head>(
  path: string,
  shape: z.ZodType<Head>,
  faults: string[],
): { head: Head | undefined; body: string } | undefined {
  const text = readText(path, faults);
  if (text === undefined) return undefined;
  const [, head, body] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(text) ?? [];
  if (head === undefined || body === undefined) {
    faults.push(`${path} does not begin with front matter between two lines of ---`);
    return undefined;
  }
  return { head: parseYaml({ path, part: 'the front matter', text: head }, shape, faults), body };
}

function parseYaml<Shape>(
  { path, part, text }: { path: string; part: string; text: string },
  shape: z.ZodType<Shape>,
  faults: string[],
): Shape | undefined {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    faults.push(`${path} is not YAML: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    return undefined;
  }
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  for (const { path: field, message } of result.error.issues)
    faults.push(`${path}: ${field.join('.') || part} ${message}`);
  return undefined;
}
