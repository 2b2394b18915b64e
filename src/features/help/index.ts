export { createHelpTalk } from './chat.ts';
