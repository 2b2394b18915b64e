import { makeKeys } from '../infra/secrets.ts';

// `npm run keys:make`: prints a first version of fresh secret keys, as RENKEI_KEYS takes them.

console.log(makeKeys());
