import { bracketed, type Language } from '../../base/language.ts';
import { type Content, type Happened, stickerWords } from './content.ts';
import type { PictureState } from './pictures/store.ts';
import { recordWords } from './record-text.ts';
import type { TranscriptMessage } from './store.ts';

/** A line of a transcript as the person it belongs to reads it. */
export interface RecordLine {
  readonly at: TranscriptMessage['at'];
  readonly by: 'person' | 'bot' | 'staff' | 'system';
  readonly name: string;
  readonly text: string;
  /** A picture of theirs that can be shown, under LINE's number of the message. */
  readonly picture: { readonly lineMessageId: string; readonly width: number; readonly height: number } | null;
}

interface RecordOf {
  readonly language: Language;
  readonly names: ReadonlyMap<string, string>;
  readonly account: string;
  /** How each picture stands, by LINE's number of the message. */
  readonly pictures: ReadonlyMap<string, PictureState>;
}

/** What the person saw and did, in words: without notes, and without what staff settled among themselves. */
export function recordOf(
  transcript: readonly TranscriptMessage[],
  { language, names, account, pictures }: RecordOf,
): RecordLine[] {
  const w = recordWords(language);
  const staffName = (staffId: string | null) => w.staff((staffId && names.get(staffId)) || '');
  const by = { person: () => w.you, bot: () => account, system: () => '', staff: staffName };
  return transcript.flatMap(({ at, author, staffId, content, delivery, lineMessageId }) => {
    if (content.kind === 'picture' && lineMessageId !== null) {
      const state = pictures.get(lineMessageId);
      const picture = state?.state === 'kept' ? { lineMessageId, width: state.width, height: state.height } : null;
      const text = state?.state === 'refused' ? w.pictureLost : picture === null ? w.pictureComing : w.picture;
      return [{ at, by: author, name: by[author](staffId), text, picture }];
    }
    const text = wordsOf(content, language);
    if (text === null) return [];
    const isLost = delivery === 'dropped' || delivery === 'failed';
    const said = isLost ? `${text}\n${w.notDelivered}` : text;
    return [{ at, by: author, name: by[author](staffId), text: said, picture: null }];
  });
}

function wordsOf(content: Content, language: Language): string | null {
  const w = recordWords(language);
  switch (content.kind) {
    case 'text':
      return content.text;
    case 'messages':
      return content.messages.map(wordsIn).filter(Boolean).join('\n');
    case 'button':
      return content.label === null ? w.button : bracketed(content.label, language);
    case 'sticker':
      return stickerWords(content, w.sticker, language);
    case 'picture':
      return w.picture;
    case 'file':
      return `${w.file} ${content.fileName}`;
    case 'place':
      return `${w.place} ${content.title}`;
    case 'other':
      return w.other;
    case 'unsent':
      return w.unsent;
    case 'happened':
      return happenedWords(content, language);
    case 'note':
      return null;
  }
}

function happenedWords({ what }: Happened, language: Language): string | null {
  const told = recordWords(language).happened;
  return what in told ? (told[what as keyof typeof told] ?? null) : null;
}

/** Of a message in LINE's format its whole sense: the words, or what a screen reader says instead of a picture. */
function wordsIn(message: unknown): string {
  if (typeof message !== 'object' || message === null) return '';
  if ('text' in message && typeof message.text === 'string') return message.text;
  return 'altText' in message && typeof message.altText === 'string' ? message.altText : '';
}
