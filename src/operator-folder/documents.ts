import { join } from 'node:path';
import { z } from 'zod';
import type { Language } from '../base/language.ts';
import type { ContractDocument, DocumentPart } from '../base/operator.ts';
import { readMarkdown } from './read-file.ts';
import { day } from './shapes.ts';

const frontMatter = z.strictObject({
  title: z.string().min(1).max(40, 'must have at most 40 characters'),
  version: day,
});

/** A document people agree to (`{ja,en}/<code>.md`) in both languages, or nothing when one of them has a fault. */
export function readDocument(folder: string, code: string, faults: string[]): ContractDocument[] {
  const ja = readOne(folder, 'ja', code, faults);
  const en = readOne(folder, 'en', code, faults);
  if (!ja || !en) return [];
  if (ja.version !== en.version) {
    faults.push(`${join(folder, 'en', code)}.md: the version is ${en.version}, in Japanese ${ja.version}`);
  }
  return [{ code, version: ja.version, title: { ja: ja.title, en: en.title }, body: { ja: ja.body, en: en.body } }];
}

function readOne(folder: string, language: Language, code: string, faults: string[]) {
  const path = join(folder, language, `${code}.md`);
  const file = readMarkdown(path, frontMatter, faults);
  if (!file?.head) return undefined;
  const body = partsOf(file.body);
  if (body.length === 0) faults.push(`${path} says nothing`);
  return { ...file.head, body };
}

/** Paragraphs, headings (`## `) and lists (`- `), parted by empty lines. */
function partsOf(text: string): DocumentPart[] {
  return text
    .split(/\n\s*\n/)
    .map((block) => block.trim())
    .filter((block) => block !== '')
    .map((block): DocumentPart => {
      if (block.startsWith('## ')) return { kind: 'heading', text: block.slice(3).trim() };
      const lines = block.split('\n').map((line) => line.trim());
      if (lines.every((line) => line.startsWith('- ')))
        return { kind: 'list', items: lines.map((line) => line.slice(2)) };
      return { kind: 'paragraph', text: lines.join(' ') };
    });
}
