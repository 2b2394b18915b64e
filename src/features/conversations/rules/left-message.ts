/** What a person has written since they asked, while nobody of the staff is there. */
export interface Written {
  readonly messages: number;
  readonly characters: number;
}

/** Somebody has to read it: two pages of print, or an album of pictures. */
const MOST: Written = { messages: 30, characters: 10_000 };

/** Whether a message left is as long as it may get; it then counts as finished, and is not added to. */
export function isFull({ messages, characters }: Written): boolean {
  return messages >= MOST.messages || characters >= MOST.characters;
}
