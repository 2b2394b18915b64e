import { catalogue } from '../../base/language.ts';
import { en } from './text-en.ts';
import { ja } from './text-ja.ts';

/** Every sentence of My Page. A language that lacks one does not compile. */
export const myPageText = catalogue(ja, en);
