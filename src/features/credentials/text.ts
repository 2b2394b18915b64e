import { catalogue } from '../../base/language.ts';
import { en } from './text-en.ts';
import { ja } from './text-ja.ts';

/** Every sentence of the security pages. A language that lacks one does not compile. */
export const credentialsText = catalogue(ja, en);
