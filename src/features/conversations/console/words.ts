import type { Language } from '../../../base/language.ts';
import { type Content, stickerWords } from '../content.ts';
import { inboxText } from './text.ts';

/** What was said, in one line of a list. */
export function contentWords(content: Content, language: Language): string {
  const t = inboxText(language).talk;
  switch (content.kind) {
    case 'text':
    case 'note':
      return content.text;
    case 'sticker':
      return stickerWords(content, t.sticker, language);
    case 'picture':
      return inboxText(language).kinds('picture') ?? '';
    case 'file':
      return content.fileName;
    case 'place':
      return content.title;
    case 'other':
      return inboxText(language).kinds(content.type) ?? t.other;
    case 'button':
      return content.label ?? t.button;
    case 'messages':
      return t.bot;
    case 'happened':
      return '';
    case 'unsent':
      return t.unsent(kindWords(content.was, language));
  }
}

const kindWords = (kind: string, language: Language): string =>
  inboxText(language).kinds(kind) ?? inboxText(language).talk.other;
