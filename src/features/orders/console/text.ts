import { catalogue } from '../../../base/language.ts';
import { en } from './text-en.ts';
import { ja } from './text-ja.ts';

/** What orders say to the staff. */
export const deskText = catalogue(ja, en);
