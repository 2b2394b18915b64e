import { catalogue } from '../../base/language.ts';
import { en } from './text-en.ts';
import { ja } from './text-ja.ts';

/** What orders say to applicants: in the talk, by mail, on their pages. */
export const ordersText = catalogue(ja, en);
