import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  type Faq,
  type FaqBook,
  type FaqButton,
  type FaqEntry,
  faqFacts,
  faqFunctions,
  faqTopics,
} from '../base/faq.ts';
import type { Language } from '../base/language.ts';
import { Faults } from './faults.ts';
import { readMarkdown, readYaml } from './read-file.ts';

const isButton = (text: string): text is FaqButton =>
  text.startsWith('/') || faqFunctions.some((known) => known === text);

const frontMatter = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be small letters, digits and hyphens'),
    title: z.string().min(1).max(50, 'must have at most 50 characters'),
    topic: z.enum(faqTopics),
    words: z.array(z.string().min(1)).min(1),
    asks: z.array(z.string().min(1)).min(1),
    needs: z.enum(['any', 'contractor', 'user']).nullable().default(null),
    facts: z.enum(faqFacts).nullable().default(null),
    buttons: z
      .array(
        z.custom<FaqButton>((value) => typeof value === 'string' && isButton(value), 'is not a button that exists'),
      )
      .max(2, 'must have at most two')
      .default([]),
  })
  .refine(({ facts, needs }) => facts === null || needs !== null, 'has facts, so it must say which link it needs');

const synonymsFile = z.array(z.array(z.string().min(1)).min(2));

/** A card in a talk shows this much without becoming a wall. */
const LONGEST_ANSWER = 400;
const PLACEHOLDERS = new Set(['phone', 'hours']);

/** The FAQ of a folder (`{ja,en}/*.md` and `{ja,en}/synonyms.yaml`), or `Faults` with everything wrong in any of its files. */
export function loadFaq(folder: string): Faq {
  const faults: string[] = [];
  const faq = { ja: readBook(folder, 'ja', faults), en: readBook(folder, 'en', faults) };
  const ids = { ja: new Set(faq.ja.entries.map(({ id }) => id)), en: new Set(faq.en.entries.map(({ id }) => id)) };
  // While a file of one language cannot be read at all, its absence from the other would only be noise.
  if (faults.length === 0) {
    for (const id of ids.ja) if (!ids.en.has(id)) faults.push(`${join(folder, 'en')}: no entry ${id}`);
    for (const id of ids.en) if (!ids.ja.has(id)) faults.push(`${join(folder, 'ja')}: no entry ${id}`);
  }
  if (faults.length > 0) throw new Faults(faults);
  return faq;
}

function readBook(folder: string, language: Language, faults: string[]): FaqBook {
  const own = join(folder, language);
  if (!existsSync(own)) {
    faults.push(`${own} is missing`);
    return { entries: [], synonyms: [] };
  }
  const entries: FaqEntry[] = [];
  for (const name of readdirSync(own).sort()) {
    if (!name.endsWith('.md')) continue;
    const entry = readEntry(join(own, name), faults);
    if (!entry) continue;
    if (`${entry.id}.md` !== name)
      faults.push(`${join(own, name)}: the id is ${entry.id}, so the file is ${entry.id}.md`);
    entries.push(entry);
  }
  if (entries.length === 0) faults.push(`${own} has no entries`);
  entries.sort((a, b) => faqTopics.indexOf(a.topic) - faqTopics.indexOf(b.topic) || a.id.localeCompare(b.id));
  return { entries, synonyms: readYaml(join(own, 'synonyms.yaml'), synonymsFile, faults) ?? [] };
}

function readEntry(path: string, faults: string[]): FaqEntry | undefined {
  const file = readMarkdown(path, frontMatter, faults);
  if (!file) return undefined;
  const body = file.body
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim().replace(/\s*\n\s*/g, ' '))
    .filter((paragraph) => paragraph !== '');
  const length = body.join('').length;
  if (length === 0) faults.push(`${path} has no answer`);
  if (length > LONGEST_ANSWER) faults.push(`${path}: the answer has ${length} characters, more than ${LONGEST_ANSWER}`);
  for (const [, name = ''] of body.join('\n').matchAll(/\{([^}]*)\}/g)) {
    if (!PLACEHOLDERS.has(name)) faults.push(`${path}: {${name}} is nothing that can be filled in`);
  }
  return file.head && { ...file.head, body };
}
