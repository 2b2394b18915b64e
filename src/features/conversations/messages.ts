import type { messagingApi } from '@line/bot-sdk';

/** LINE's limit for a sender's name, and a word it does not allow in one. */
const LONGEST_NAME = 20;
const isAllowed = (name: string) => !/line/i.test(name);

/** Words of staff under their own name, so that nobody takes them for the bot's. */
export function staffReply(words: string, name: string): messagingApi.TextMessage {
  const shown = [...name].slice(0, LONGEST_NAME).join('');
  return { type: 'text', text: words, ...(isAllowed(shown) && shown !== '' ? { sender: { name: shown } } : {}) };
}
