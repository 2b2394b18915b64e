import type { Language } from '../../../base/language.ts';

export type Json = { readonly [key: string]: unknown };

/** What drawing needs beside the message. */
export interface Drawing {
  readonly language: Language;
  /** The address under which a picture may be shown; null where the content policy forbids its host. */
  picture(url: string): string | null;
}

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const record = (value: unknown): Json => (isRecord(value) ? value : {});
export const records = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isRecord) : []);
export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');
