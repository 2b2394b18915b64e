import { Temporal } from 'temporal-polyfill';

/** One line of text: half-width, single blanks, none around it. */
export function readLine(typed: string | undefined): string {
  return (typed ?? '').normalize('NFKC').replace(/\s+/gu, ' ').trim();
}

/** Katakana, whatever kana were typed. */
export function readKana(typed: string | undefined): string {
  return readLine(typed).replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));
}

/** Katakana with long marks and dots; foreign names may have blanks. */
export function isKana(text: string): boolean {
  return /^[ァ-ヺー・ ]+$/u.test(text);
}

/** The digits of what was typed. */
export function readDigits(typed: string | undefined): string {
  return readLine(typed).replace(/\D/g, '');
}

/** A mail address in small letters where case does not matter: after the @. */
export function readMail(typed: string | undefined): string {
  const address = readLine(typed).replace(/ /g, '');
  const at = address.lastIndexOf('@');
  return at < 0 ? address : address.slice(0, at) + address.slice(at).toLowerCase();
}

const MAIL = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]{2,}$/;
const LONGEST_MAIL = 254;

export function isMail(text: string): boolean {
  return text.length <= LONGEST_MAIL && MAIL.test(text);
}

/** Whole days from one calendar day to another. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;
}
