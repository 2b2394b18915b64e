import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Language } from './base/language.ts';
import type { ContractDocument, DocumentPart } from './base/operator.ts';

/** Reading a document people agree to: `{ja,en}/<code>.md`. Every fault is collected. */

const frontMatter = z.strictObject({
  title: z.string().min(1).max(40, 'has at most 40 characters'),
  version: z.iso.date('is a day like 2026-04-01'),
});

/** The document in both languages, or nothing when one of them has a fault. */
export function readDocument(folder: string, code: string, faults: string[]): ContractDocument[] {
  const [ja, en] = (['ja', 'en'] as const).map((language) => readOne(folder, language, code, faults));
  if (!ja || !en) return [];
  if (ja.version !== en.version) {
    faults.push(`${join(folder, 'en', code)}.md: the version is ${en.version}, in Japanese ${ja.version}`);
  }
  return [
    {
      code,
      version: ja.version,
      title: { ja: ja.title, en: en.title },
      body: { ja: ja.body, en: en.body },
    },
  ];
}

function readOne(folder: string, language: Language, code: string, faults: string[]) {
  const path = join(folder, language, `${code}.md`);
  if (!existsSync(path)) {
    faults.push(`${path} is missing`);
    return undefined;
  }
  const parts = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(readFileSync(path, 'utf8'));
  const head = frontMatter.safeParse(parseYaml(parts?.[1] ?? ''));
  if (!parts || !head.success) {
    faults.push(`${path} does not begin with a title and a version (a day) between two lines of ---`);
    return undefined;
  }
  const body = partsOf(parts[2] ?? '');
  if (body.length === 0) faults.push(`${path} says nothing`);
  return { ...head.data, body };
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/** Paragraphs, headings (`## `) and lists (`- `), parted by empty lines. */
export function partsOf(text: string): DocumentPart[] {
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
