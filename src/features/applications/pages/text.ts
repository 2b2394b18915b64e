import { catalogue } from '../../../base/language.ts';
import { en } from './text-en.ts';
import { ja } from './text-ja.ts';

/** Every sentence of the application's pages. A language that lacks one does not compile. */
export type PageText = typeof ja;

export const pageText = catalogue(ja, en);
