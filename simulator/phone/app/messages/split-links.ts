export interface TextPart {
  text: string;
  /** Set when the part is a link. */
  url?: string;
}

/** Ends a link where a Japanese sentence goes on, and leaves the full stop of an English one outside. */
const LINK = /(?:https?:\/\/|line:\/\/|tel:)[^\s<>"'「」『』（）、。　]+[^\s<>"'「」『』（）、。　.,!?;:)\]]/g;

/** Cuts a text into plain parts and links, in order. */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: match[0], url: match[0] });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}
